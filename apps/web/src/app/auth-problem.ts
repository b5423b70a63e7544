/** Why a step around signing in did not work, as people need to tell them apart. Texts: `identity:problems.*`. */
export type AuthProblemKind =
  | 'wrongPassword'
  | 'wrongCurrentPassword'
  | 'notVerified'
  | 'inactive'
  | 'signUpClosed'
  | 'emailTaken'
  | 'linkExpired'
  | 'wrongCode'
  | 'wrongBackupCode'
  | 'challengeOver'
  | 'locked'
  | 'tooMany'
  | 'alreadyOn'
  | 'signedOut'
  | 'invalid'
  | 'unreachable'
  | 'server'

export type AuthProblem = { kind: AuthProblemKind; retryAfterS: number }
export type AuthAnswer<T> = { data: T; problem: null } | { data: null; problem: AuthProblem }

type AuthError = { code?: string | undefined; status: number }
type Answer<T> = { data: T | null; error: AuthError | null }
type Hearing = { onError: (context: { response: Response }) => void }

/** better-auth's and Siar's codes. Source: BASE_ERROR_CODES, TWO_FACTOR_ERROR_CODES, the server's auth hooks. */
const kinds: ReadonlyMap<string, AuthProblemKind> = new Map([
  ['INVALID_EMAIL_OR_PASSWORD', 'wrongPassword'],
  ['INVALID_PASSWORD', 'wrongCurrentPassword'],
  ['EMAIL_NOT_VERIFIED', 'notVerified'],
  ['USER_INACTIVE', 'inactive'],
  ['BANNED_USER', 'inactive'],
  ['SIGN_UP_CLOSED', 'signUpClosed'],
  ['USER_ALREADY_EXISTS', 'emailTaken'],
  ['USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', 'emailTaken'],
  ['INVALID_TOKEN', 'linkExpired'],
  ['TOKEN_EXPIRED', 'linkExpired'],
  ['INVALID_CODE', 'wrongCode'],
  ['INVALID_BACKUP_CODE', 'wrongBackupCode'],
  ['INVALID_TWO_FACTOR_COOKIE', 'challengeOver'],
  ['TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE', 'challengeOver'],
  ['ACCOUNT_TEMPORARILY_LOCKED', 'locked'],
  ['TOTP_ALREADY_ENABLED', 'alreadyOn'],
])

export function authProblemKind({ code, status }: AuthError): AuthProblemKind {
  const kind = kinds.get((code ?? '').toUpperCase())
  if (kind) return kind
  if (status === 429) return 'tooMany'
  if (status === 409) return 'emailTaken'
  if (status === 401) return 'signedOut'
  return status >= 400 && status < 500 ? 'invalid' : 'server'
}

/**
 * Asks better-auth and answers with data or a problem; never rejects.
 *
 * `ask` passes what it is given as `fetchOptions`, so that the seconds to wait can be read:
 * `askAuth((fetchOptions) => auth.signIn.email({ email, password, fetchOptions }))`.
 */
export async function askAuth<T>(ask: (fetchOptions: Hearing) => Promise<Answer<T>>): Promise<AuthAnswer<T>> {
  let retryAfterS = 60
  const onError: Hearing['onError'] = ({ response }) => {
    const seconds = Number(response.headers.get('x-retry-after') ?? response.headers.get('retry-after'))
    if (seconds > 0) retryAfterS = Math.ceil(seconds)
  }
  try {
    const { data, error } = await ask({ onError })
    if (error) return { data: null, problem: { kind: authProblemKind(error), retryAfterS } }
    return { data: data as T, problem: null }
  } catch {
    return { data: null, problem: { kind: 'unreachable', retryAfterS } }
  }
}

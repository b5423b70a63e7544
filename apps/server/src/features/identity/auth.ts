import { betterAuth } from 'better-auth'
import type { BetterAuthOptions } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'
import { z } from 'zod'
import type { Core } from '../../core.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { authBasePath, findDoor } from './auth-doors.ts'
import { createAuthHooks } from './auth-hooks.ts'
import { toAuthLogger } from './auth-logger.ts'
import { createAuthMails } from './auth-mails.ts'
import { createAuthAdapter, isEmailTaken } from './auth.repo.ts'
import { parseLogin } from './login.ts'
import type { Login } from './login.ts'

const daySeconds = 24 * 60 * 60

/** The header in which the web server passes on the address it worked out itself; what a client sends in it is lost. */
const clientAddressHeader = 'x-siar-client-ip'

/** Sign-in and everything around it, by better-auth behind a list of open doors. */
export interface Auth {
  /** Answers a request below `/api/auth`; 404 for everything that is not an open door. Needs the client's address. */
  handle(request: Request): Promise<Response>
  /** Who is signed in by the session cookie, read afresh each time, so that a revoked session ends at once. */
  findLogin(headers: Headers): Promise<Login | null>
  /** Hashes a password as sign-in will check it. Slow on purpose (about 70 ms). */
  hashPassword(password: string): Promise<string>
}

/** better-auth's name of a row's kind to the prefix of its id. */
const idPrefixes = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'vrf',
  twoFactor: 'tfa',
  rateLimit: 'rlm',
} as const

export function createAuth(core: Core, mailer: Mailer): Auth {
  const auth = betterAuth(buildOptions(core, mailer))
  return {
    handle: async (request) => {
      const door = findDoor(request.url)
      if (door === null) return new Response(null, { status: 404 })
      const copy = door === '/sign-up/email' ? request.clone() : null
      const response = await auth.handler(request)
      return copy && response.status === 422 ? tellConflict(core, copy, response) : response
    },
    findLogin: async (headers) =>
      parseLogin(await auth.api.getSession({ headers, query: { disableRefresh: true } })),
    hashPassword: async (password) => (await auth.$context).password.hash(password),
  }
}

function buildOptions(core: Core, mailer: Mailer): BetterAuthOptions {
  const { config } = core
  const mails = createAuthMails(core, mailer)
  const { options: hooks, onPasswordReset } = createAuthHooks(core, mails)
  return {
    appName: 'Siar',
    baseURL: config.publicUrl,
    basePath: authBasePath,
    secret: config.secrets.auth,
    database: createAuthAdapter(core.database),
    telemetry: { enabled: false },
    logger: toAuthLogger(core.logger),
    trustedOrigins: (request) => trustedOrigins(core, request),
    ...hooks,
    ...rateLimits(core),
    user: { additionalFields: userFields },
    session: {
      expiresIn: 30 * daySeconds,
      updateAge: daySeconds,
      additionalFields: { activeWorkspaceId: { type: 'string', required: false, input: false } },
    },
    advanced: {
      database: { generateId: ({ model }) => core.newId(prefixOf(model)) },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      useSecureCookies: config.publicUrl.startsWith('https:'),
      cookiePrefix: 'siar',
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    // Without SMTP nobody could answer a verification mail, so none is asked for.
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      requireEmailVerification: mailer.delivers,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => mails.resetPassword(user, token),
      onPasswordReset: ({ user }) => onPasswordReset(user),
      onExistingUserSignUp: ({ user }) => mails.accountExists(user),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: mailer.delivers,
      autoSignInAfterVerification: true,
      sendVerificationEmail: ({ user, url }) => mails.verifyEmail(user, url),
    },
    plugins: [twoFactor({ issuer: 'Siar' })],
  }
}

/** Columns of `users` beyond better-auth's own; only the language may come with a sign-up. */
const userFields = {
  language: {
    type: 'string',
    required: false,
    defaultValue: 'id',
    validator: { input: z.enum(['id', 'en']) },
  },
  role: { type: 'string', required: false, input: false },
  banned: { type: 'boolean', required: false, input: false },
} satisfies NonNullable<BetterAuthOptions['user']>['additionalFields']

function prefixOf(model: string): (typeof idPrefixes)[keyof typeof idPrefixes] {
  const prefix = idPrefixes[model as keyof typeof idPrefixes]
  if (prefix === undefined) throw new Error(`better-auth makes rows of an unknown kind: ${model}`)
  return prefix
}

/** Counted in the database, so that a restart or a second process does not give new tries. */
function rateLimits({ config }: Core): Pick<BetterAuthOptions, 'rateLimit'> {
  const { perMinute, signInPerMinute } = config.rateLimits
  const strict = { window: 60, max: signInPerMinute }
  const strictDoors = [
    '/sign-in/email',
    '/sign-up/email',
    '/two-factor/verify-totp',
    '/two-factor/verify-backup-code',
    '/request-password-reset',
    '/send-verification-email',
    '/reset-password',
    '/change-password',
  ]
  return {
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: perMinute,
      customRules: {
        '/get-session': false,
        ...Object.fromEntries(strictDoors.map((door) => [door, strict])),
      },
    },
  }
}

/** Pages that may ask: the public address, this machine under both its names, and the host the page itself came from. */
function trustedOrigins({ config }: Core, request: Request | undefined): string[] {
  const local = [`http://localhost:${config.port}`, `http://127.0.0.1:${config.port}`]
  const host = request?.headers.get('host')
  const same = host ? [`http://${host}`, `https://${host}`] : []
  return [config.publicUrl, ...config.corsOrigins, ...local, ...same]
}

/** A sign-up that lost the race for its address is a conflict, not somebody's wrong input. */
async function tellConflict(core: Core, request: Request, response: Response): Promise<Response> {
  const { email } = (await request.json().catch(() => ({}))) as { email?: unknown }
  const taken = typeof email === 'string' && (await core.inSystem((scope) => isEmailTaken(scope, email)))
  return new Response(response.body, { status: taken ? 409 : 500, headers: response.headers })
}

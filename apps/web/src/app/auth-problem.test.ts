import { describe, expect, test } from 'vitest'
import { askAuth, authProblemKind } from './auth-problem.ts'

describe('authProblemKind', () => {
  test.each([
    [{ code: 'INVALID_EMAIL_OR_PASSWORD', status: 401 }, 'wrongPassword'],
    [{ code: 'INVALID_PASSWORD', status: 400 }, 'wrongCurrentPassword'],
    [{ code: 'SIGN_UP_CLOSED', status: 403 }, 'signUpClosed'],
    [{ code: 'USER_INACTIVE', status: 403 }, 'inactive'],
    [{ code: 'INVALID_TWO_FACTOR_COOKIE', status: 401 }, 'challengeOver'],
    [{ code: 'ACCOUNT_TEMPORARILY_LOCKED', status: 429 }, 'locked'],
    [{ code: 'token_expired', status: 400 }, 'linkExpired'],
  ])('a known code is told apart: %o', (error, kind) => {
    expect(authProblemKind(error)).toBe(kind)
  })

  test.each([
    [{ status: 429 }, 'tooMany'],
    [{ code: 'rate_limited', status: 429 }, 'tooMany'],
    [{ status: 409 }, 'emailTaken'],
    [{ status: 401 }, 'signedOut'],
    [{ code: 'SOMETHING_NEW', status: 422 }, 'invalid'],
    [{ status: 500 }, 'server'],
  ])('an unknown code is judged by its status: %o', (error, kind) => {
    expect(authProblemKind(error)).toBe(kind)
  })
})

describe('askAuth', () => {
  test('data comes back as it is, also when it is empty', async () => {
    expect(await askAuth(async () => ({ data: { token: 'x' }, error: null }))).toEqual({
      data: { token: 'x' },
      problem: null,
    })
    expect(await askAuth(async () => ({ data: null, error: null }))).toEqual({ data: null, problem: null })
  })

  test('a refusal tells how long to wait, from either header, else a minute', async () => {
    const wait = async (headers: Record<string, string>) => {
      const answer = await askAuth(async ({ onError }) => {
        onError({ response: new Response(null, { status: 429, headers }) })
        return { data: null, error: { status: 429 } }
      })
      return answer.problem?.retryAfterS
    }
    expect(await wait({ 'x-retry-after': '38' })).toBe(38)
    expect(await wait({ 'retry-after': '7' })).toBe(7)
    expect(await wait({})).toBe(60)
  })

  test('a broken line is a problem, not an exception', async () => {
    const { problem } = await askAuth(async () => Promise.reject(new TypeError('Failed to fetch')))
    expect(problem?.kind).toBe('unreachable')
  })
})

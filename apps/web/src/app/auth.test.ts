import { afterAll, expect, test, vi } from 'vitest'
import { auth } from './auth.ts'

vi.mock('./auth-client.ts', () => ({
  authClient: { signOut: () => 'out', twoFactor: { verifyTotp: (input: { code: string }) => input.code } },
}))

// The files of a process share their modules: the next one gets the real client again.
afterAll(() => {
  vi.doUnmock('./auth-client.ts')
  vi.resetModules()
})

test('calls the function that was named, at any depth, with what was given', async () => {
  expect(await auth.signOut()).toBe('out')
  expect(await auth.twoFactor.verifyTotp({ code: '123456' })).toBe('123456')
})

test('is not mistaken for a promise when it is awaited by accident', async () => {
  expect(await Promise.resolve(auth)).toBe(auth)
})

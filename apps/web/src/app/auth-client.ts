import { inferAdditionalFields, twoFactorClient } from 'better-auth/client/plugins'
import { createAuthClient } from 'better-auth/react'

/**
 * The browser's door to sign-in, sessions and two-factor. Its calls do not move the page by themselves; ask through
 * `askAuth` (app/auth-problem.ts), which also turns a broken line into a problem. Members, keys and users go through
 * the operations of the contract.
 */
export const authClient = createAuthClient({
  baseURL: `${globalThis.location?.origin ?? 'http://localhost'}/api/auth`,
  disableDefaultFetchPlugins: true,
  plugins: [
    twoFactorClient(),
    inferAdditionalFields({ user: { language: { type: 'string', required: false } } }),
  ],
})

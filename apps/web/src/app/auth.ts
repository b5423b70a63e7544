import type { authClient } from './auth-client.ts'

type AuthClient = typeof authClient

/** What a call through `auth` may name: the client's own functions, without its hooks. */
type Callable = Omit<AuthClient, `use${string}` | `$${string}`>

/**
 * The browser's door to sign-in, sessions, two-factor, workspaces (organizations) and, for platform admins, users:
 * `const { error } = await auth.signIn.email({ email, password })`.
 *
 * The client's code arrives with the first call, so that opening a page does not wait for it.
 */
export const auth = lazyCalls([]) as unknown as Callable

type Calls = (...values: unknown[]) => Promise<unknown>

/** A function for every path of names: calling `x.a.b(1)` loads the client and calls its `a.b(1)`. */
function lazyCalls(path: readonly string[]): Calls {
  const run: Calls = async (...values) => {
    const { authClient } = await import('./auth-client.ts')
    let target: unknown = authClient
    for (const name of path) target = Reflect.get(target as object, name)
    return (target as Calls)(...values)
  }
  return new Proxy(run, {
    // A promise looks for `then`: this is none.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? lazyCalls([...path, name]) : undefined),
  })
}

import type { Role } from '@siar/contract'
import type { Database } from '@siar/database'
import { member } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { createMailer } from '../../mail/mailer.ts'
import { createTestCore } from '../../testing/test-core.ts'
import type { TestCore, TestCoreOptions } from '../../testing/test-core.ts'
import { createAccount } from './accounts.ts'
import { createAuth } from './auth.ts'
import type { Auth } from './auth.ts'

export const password = 'correct horse battery'
let addresses = 0

/** A person at a browser: keeps cookies, sends the right `Origin`, and has an address of its own. */
export interface Browser {
  post(door: string, body?: object, headers?: Record<string, string>): Promise<Answer>
  get(door: string): Promise<Answer>
  /** What the session cookie looks like in a request to the API. */
  headers(): Headers
}

export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

export function createBrowser(core: TestCore, auth: Auth): Browser {
  const cookies = new Map<string, string>()
  const ipAddress = `10.0.${(addresses += 1) >> 8}.${addresses & 255}`
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (method: string, door: string, body?: object, extra: Record<string, string> = {}) => {
    const headers = new Headers({ origin: core.config.publicUrl, 'x-siar-client-ip': ipAddress })
    if (cookies.size > 0) headers.set('cookie', cookie())
    if (body) headers.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(extra)) headers.set(name, value)
    const url = `${core.config.publicUrl}/api/auth${door}`
    const response = await auth.handle(
      new Request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }),
    )
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';', 1)[0]?.split(/=(.*)/s) ?? []
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await response.text()
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, body: parsed, headers: response.headers }
  }
  return {
    post: (door, body = {}, headers = {}) => send('POST', door, body, headers),
    get: (door) => send('GET', door),
    headers: () => new Headers(cookies.size > 0 ? { cookie: cookie() } : {}),
  }
}

export function buildIdentity(database: Database, options: TestCoreOptions = {}) {
  const core = createTestCore(database, options)
  const mailer = createMailer(core)
  const auth = createAuth(core, mailer)
  let people = 0
  return {
    core,
    mailer,
    auth,
    browse: () => createBrowser(core, auth),
    /** A user with a password and nothing else. */
    addUser: async (
      facts: { name?: string; email?: string; language?: 'id' | 'en'; isPlatformAdmin?: boolean } = {},
    ) => {
      const email = facts.email ?? `${core.newId('usr')}.${(people += 1)}@example.com`
      const passwordHash = await auth.hashPassword(password)
      const person = {
        name: 'Sari',
        language: 'en' as const,
        isPlatformAdmin: false,
        ...facts,
        email,
        passwordHash,
      }
      const userId = await core.inSystem((scope) => createAccount(core, scope, person))
      return { userId, email, name: person.name }
    },
    addMember: async (workspaceId: WorkspaceId, userId: string, role: Role) => {
      const id = core.newId('mem')
      await database.db.insert(member).values({ id, workspaceId, userId, role, createdAt: core.now() })
      return id
    },
    /** Signs a user in and answers the browser that did it. */
    signIn: async (email: string) => {
      const browser = createBrowser(core, auth)
      const answer = await browser.post('/sign-in/email', { email, password })
      if (answer.status !== 200)
        throw new Error(`sign-in answered ${answer.status} ${String(answer.body['code'])}`)
      return browser
    },
  }
}

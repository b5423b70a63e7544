import type { ApiKeyScope, Role } from '@siar/contract'
import { workspaceOperations } from '@siar/contract'
import type { Database } from '@siar/database'
import { member } from '@siar/database'
import type { UserId, WorkspaceId } from '@siar/domain'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { writeAudit } from '../features/audit/index.ts'
import { createAccount } from '../features/identity/index.ts'
import { egressJobs } from '../features/egress/index.ts'
import { mergeJobs } from '../features/contacts/index.ts'
import { importJobBindings } from '../features/imports/index.ts'
import { buildApp } from '../wiring/build-app.ts'
import { buildServices } from '../wiring/build-services.ts'
import type { Services } from '../wiring/build-services.ts'
import { createCaller } from './caller.ts'
import type { Caller } from './caller.ts'
import { createTestCore } from './test-core.ts'
import type { TestCore, TestCoreOptions } from './test-core.ts'

const password = 'correct horse battery'
const muchPerMinute = 1_000_000

export interface Person {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  /** The browser this person is signed in with. */
  readonly browser: Caller
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly core: TestCore
  readonly services: Services
  /** Somebody without a log-in. */
  readonly nobody: Caller
  addPerson(facts?: { name?: string; isPlatformAdmin?: boolean }): Promise<Person>
  signIn(email: string): Promise<Caller>
  /** A workspace made by its owner through the API. */
  addWorkspace(owner: Person, name: string): Promise<WorkspaceId>
  addMember(workspaceId: WorkspaceId, person: Person, role: Role): Promise<string>
  /** A program with a fresh key, made by `owner` through the API. */
  addKey(owner: Caller, scopes: readonly ApiKeyScope[]): Promise<Caller>
}

export interface TestAppOptions extends TestCoreOptions {
  /** Replaces single services, such as one that takes long. */
  readonly replace?: (core: TestCore) => Partial<Services>
}

/**
 * The whole server over a test database, without a socket, jobs on demand and rate limits out of the way unless the test
 * gives its own. Closed when the file is done.
 */
export async function createTestApp(database: Database, options: TestAppOptions = {}): Promise<TestApp> {
  const rateLimits = {
    perMinute: muchPerMinute,
    signInPerMinute: muchPerMinute,
    webhooksPerMinute: muchPerMinute,
    linksPerMinute: muchPerMinute,
  }
  const edges = createTestCore(database, { ...options, config: { rateLimits, ...options.config } })
  const core: TestCore = { ...edges, audit: (scope, record) => writeAudit(edges, scope, record) }
  const services: Services = { ...buildServices(core), ...options.replace?.(core) }
  await core.jobs.work([
    ...services.mailer.jobs,
    ...mergeJobs(core, services.contacts),
    ...importJobBindings(services.imports),
    ...egressJobs(services.proxyChecker),
  ])
  const app = await buildApp(core, services)
  afterAll(() => app.close())
  const origin = { origin: core.config.publicUrl }
  const passwordHash = services.auth.hashPassword(password)
  const nobody = createCaller(app)
  let people = 0

  const signIn = async (email: string): Promise<Caller> => {
    const answer = await nobody.send('POST', '/api/auth/sign-in/email', {
      body: { email, password },
      headers: origin,
    })
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status} ${answer.text}`)
    const lines = [answer.headers['set-cookie'] ?? []].flat().map(String)
    const cookie = lines.map((line) => line.split(';', 1)[0]).join('; ')
    return createCaller(app, { cookie, ...origin })
  }

  return {
    app,
    core,
    services,
    nobody,
    signIn,
    addPerson: async ({ name = 'Sari', isPlatformAdmin = false } = {}) => {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}.${(people += 1)}@example.com`
      const hash = await passwordHash
      const facts = { name, email, language: 'en' as const, isPlatformAdmin, passwordHash: hash }
      const userId = await core.inSystem((scope) => createAccount(core, scope, facts))
      return { userId, name, email, browser: await signIn(email) }
    },
    addWorkspace: async (owner, name) => {
      const answer = await owner.browser.call(workspaceOperations.create, { body: { name } })
      if (answer.status !== 201) throw new Error(`a workspace answered ${answer.status} ${answer.text}`)
      return answer.json().id as WorkspaceId
    },
    addMember: async (workspaceId, person, role) => {
      const id = core.newId('mem')
      await database.db
        .insert(member)
        .values({ id, workspaceId, userId: person.userId, role, createdAt: core.now() })
      return id
    },
    addKey: async (owner, scopes) => {
      const body = { name: 'Program', scopes }
      const answer = await owner.call(workspaceOperations.createApiKey, { body })
      if (answer.status !== 201) throw new Error(`a key answered ${answer.status} ${answer.text}`)
      return createCaller(app, { authorization: `Bearer ${String(answer.json().secret)}` })
    },
  }
}

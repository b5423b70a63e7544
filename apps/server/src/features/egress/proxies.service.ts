import type { BodyOf, Proxy, egressOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { ProxyId, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { presentProxies } from './egress.present.ts'
import { checkProxiesJob } from './egress.jobs.ts'
import { readPool } from './pool.ts'
import type { ProxyChecker } from './proxy-checker.ts'
import { checkEntry } from './proxy-entry.ts'
import { keyOfProxy, readProxyList } from './proxy-list.ts'
import type { ListLine, ListedProxy } from './proxy-list.ts'
import { passwordPlace } from './proxy-way.ts'
import {
  deleteProxy,
  findProxy,
  insertProxies,
  listProxies,
  listProxyUse,
  updateProxy,
} from './proxies.repo.ts'
import type { NewProxyRow, ProxyRow } from './proxies.repo.ts'
import { countMessages, findZone, lockPool } from './sender-egress.repo.ts'
import { settlePool } from './settle.ts'

type CreateBody = BodyOf<typeof egressOperations.createProxy>
type UpdateBody = BodyOf<typeof egressOperations.updateProxy>
type ListBody = BodyOf<typeof egressOperations.importList>

export const proxiesMax = 2_000

export type ProxyService = ReturnType<typeof createProxyService>

/** The pool of a workspace. Each change takes effect on its senders before it resolves. */
export function createProxyService(core: Core, checker: ProxyChecker) {
  const change = <T>(workspaceId: WorkspaceId, run: (scope: WorkspaceScope) => Promise<T>): Promise<T> =>
    core.inWorkspace(workspaceId, async (scope) => {
      await lockPool(scope)
      const result = await run(scope)
      await settlePool(core, scope)
      await core.bus.publishIn(scope, { kind: 'egress.changed', workspaceId })
      return result
    })
  const checkSoon = (): Promise<void> => core.jobs.add(checkProxiesJob, {}, { id: 'egress-check-soon' })
  const listOptions = ({ scheme }: ListBody) => ({ scheme, allowInternal: core.config.proxyPrivateHosts })
  return {
    list: (workspaceId: WorkspaceId): Promise<Proxy[]> =>
      core.inWorkspace(workspaceId, (scope) => presentAll(core, scope)),

    /** @throws AppError `validation_failed`, `already_exists`, `proxy_too_many`. */
    create: async (workspaceId: WorkspaceId, actor: Actor, body: CreateBody): Promise<Proxy> => {
      checkEntry(core, body)
      const id = core.newId('prx')
      const made = await change(workspaceId, async (scope) => {
        await requireRoom(scope, 1)
        const added = await insertProxies(scope, [newRow(core, workspaceId, id, body)])
        if (added.length === 0) throw new AppError('already_exists')
        await core.audit(scope, { actor, action: 'proxy.create', subjectId: id })
        return presentOne(core, scope, id)
      })
      await checkSoon()
      return made
    },

    /** @throws AppError `not_found`, `validation_failed`, `already_exists`. */
    update: async (workspaceId: WorkspaceId, actor: Actor, proxyId: ProxyId, body: UpdateBody) => {
      checkEntry(core, body)
      const changed = await change(workspaceId, async (scope) => {
        const row = await getProxy(scope, proxyId)
        await updateProxy(scope, proxyId, changesOf(core, row, body))
        const fields = Object.entries(body).flatMap(([name, value]) => (value === undefined ? [] : [name]))
        await core.audit(scope, { actor, action: 'proxy.update', subjectId: proxyId, details: { fields } })
        return presentOne(core, scope, proxyId)
      })
      await checkSoon()
      return changed
    },

    /** @throws AppError `not_found`. */
    remove: (workspaceId: WorkspaceId, actor: Actor, proxyId: ProxyId): Promise<void> =>
      change(workspaceId, async (scope) => {
        await countMessages(scope, workspaceId, core.now())
        if (!(await deleteProxy(scope, proxyId))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'proxy.remove', subjectId: proxyId })
      }),

    /** Tests it now, switched on or not. @throws AppError `not_found`. */
    check: async (workspaceId: WorkspaceId, proxyId: ProxyId, signal: AbortSignal): Promise<Proxy> => {
      const row = await core.inWorkspace(workspaceId, (scope) => getProxy(scope, proxyId))
      await checker.check(row, signal)
      return core.inWorkspace(workspaceId, (scope) => presentOne(core, scope, proxyId))
    },

    /** Reads a list and keeps nothing. */
    previewList: async (workspaceId: WorkspaceId, body: ListBody): Promise<ListLine[]> => {
      const lines = readProxyList(body.text, listOptions(body))
      return core.inWorkspace(workspaceId, async (scope) => markKnown(lines, await listProxies(scope)))
    },

    /** @throws AppError `proxy_too_many`. */
    importList: async (workspaceId: WorkspaceId, actor: Actor, body: ListBody) => {
      const lines = readProxyList(body.text, listOptions(body))
      const result = await change(workspaceId, async (scope) => {
        const marked = markKnown(lines, await listProxies(scope))
        const good = marked.flatMap(({ proxy, problem }) => (proxy && problem === null ? [proxy] : []))
        await requireRoom(scope, good.length)
        const rows = good.map((proxy) => {
          const id = core.newId('prx')
          return newRow(core, workspaceId, id, { ...body, ...describe(proxy, body) })
        })
        const added = await insertProxies(scope, rows)
        const details = { added: added.length }
        if (added.length > 0) await core.audit(scope, { actor, action: 'proxy.import', details })
        return { added: added.length, bad: marked.length - added.length }
      })
      if (result.added > 0) await checkSoon()
      return result
    },
  }
}

function describe(proxy: ListedProxy, { country }: ListBody) {
  const { host, port, scheme } = proxy
  const name = `${host}:${port}`.slice(0, 80)
  return { ...proxy, name, scheme, location: '', country: proxy.country ?? country }
}

async function requireRoom(scope: WorkspaceScope, more: number): Promise<void> {
  const count = (await listProxies(scope)).length
  if (count + more > proxiesMax) throw new AppError('proxy_too_many', { limit: proxiesMax })
}

async function getProxy(scope: WorkspaceScope, proxyId: ProxyId): Promise<ProxyRow> {
  const row = await findProxy(scope, proxyId)
  if (!row) throw new AppError('not_found')
  return row
}

async function presentAll(core: Core, scope: WorkspaceScope): Promise<Proxy[]> {
  const pool = await readPool(scope, core.now())
  return presentProxies(pool, await listProxyUse(scope, pool.today), await findZone(scope))
}

async function presentOne(core: Core, scope: WorkspaceScope, proxyId: string): Promise<Proxy> {
  const found = (await presentAll(core, scope)).find(({ id }) => id === proxyId)
  if (!found) throw new AppError('not_found')
  return found
}

function newRow(
  core: Core,
  workspaceId: WorkspaceId,
  id: ProxyId,
  body: Omit<CreateBody, 'location'> & { readonly location: string },
): NewProxyRow {
  const now = core.now()
  const { name, scheme, host, port, username, class: kind, provider, country, location } = body
  return {
    id,
    workspaceId,
    name,
    scheme,
    host,
    port,
    username,
    sealedPassword: sealPassword(core, workspaceId, id, body.password),
    class: kind,
    provider,
    country,
    location,
    ...costOf(body.monthlyCost),
    stateAt: now,
    createdAt: now,
    updatedAt: now,
  }
}

function sealPassword(
  core: Core,
  workspaceId: string,
  proxyId: string,
  password: string | null,
): Uint8Array | null {
  return password === null ? null : core.seal.seal(Buffer.from(password), passwordPlace(workspaceId, proxyId))
}

function costOf(cost: CreateBody['monthlyCost']): Pick<NewProxyRow, 'monthlyCostMinor' | 'currency'> {
  return cost === null
    ? { monthlyCostMinor: null }
    : { monthlyCostMinor: cost.amountMinor, currency: cost.currency }
}

/** A new way to it has to be tested before anything is said of it. */
function changesOf(core: Core, row: ProxyRow, body: UpdateBody): Partial<NewProxyRow> {
  const now = core.now()
  const { password, monthlyCost, ...plain } = body
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const isNewWay =
    password !== undefined ||
    (['scheme', 'host', 'port', 'username'] as const).some(
      (key) => body[key] !== undefined && body[key] !== row[key],
    )
  return {
    ...given,
    ...(monthlyCost === undefined ? {} : costOf(monthlyCost)),
    ...(password === undefined
      ? {}
      : { sealedPassword: sealPassword(core, row.workspaceId, row.id, password) }),
    ...(isNewWay ? { ...untested, revision: row.revision + 1, stateAt: now } : {}),
    updatedAt: now,
  }
}

const untested = {
  state: 'unchecked',
  checkedAt: null,
  latencyMs: null,
  exitAddress: null,
  exitCountry: null,
  problem: null,
} as const

function markKnown(lines: readonly ListLine[], rows: readonly ProxyRow[]): ListLine[] {
  const known = new Set(rows.map(keyOfProxy))
  return lines.map((line) =>
    line.proxy && line.problem === null && known.has(keyOfProxy(line.proxy))
      ? { ...line, problem: 'known' }
      : line,
  )
}

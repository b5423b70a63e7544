import type { ChannelWebhook, WebhookHeaders, WebhookItem } from '@siar/channel'
import { WebhookMalformed } from '@siar/channel'
import type { ChannelKind, SenderId, WorkspaceId } from '@siar/domain'
import { isId } from '@siar/domain'
import { Coalescer } from '../../coalescer.ts'
import type { Core } from '../../core.ts'
import { isDeeperThan } from '../../json-text.ts'
import type { SenderCredentials } from './sender-credentials.ts'
import { insertWebhookItems, listWebhookSenders } from './webhook-items.repo.ts'
import type { WebhookSender } from './webhook-items.repo.ts'
import { packItems } from './webhook-pack.ts'
import type { ToldItem } from './webhook-pack.ts'

export type Webhooks = ReadonlyMap<ChannelKind, ChannelWebhook>

/** `taken`: every item of a known account is on disk. `too_large`: more items than any channel puts into one body. */
export type Intake = 'taken' | 'unknown' | 'unauthentic' | 'malformed' | 'too_large'

/** Takes what channels tell by HTTP and keeps it for the owners of the sessions, who may live in other processes. */
export interface WebhookIntake {
  /** The text to answer a handshake with; null when there is none for it. */
  handshake(
    channel: ChannelKind,
    senderId: string,
    query: Readonly<Record<string, string>>,
  ): Promise<string | null>
  /**
   * Proves the body with the secrets of the sender it was addressed to, and keeps its items before it resolves. Items of
   * other senders of the same workspace and channel go to them; those of accounts nobody connected are passed over.
   *
   * A body of up to `webhookItemsMax` items is kept in pieces, each in a transaction of its own, so that a large one holds up nobody.
   * When a piece fails the promise rejects: the body is told again, and what was kept of it is kept once.
   */
  receive(
    channel: ChannelKind,
    senderId: string,
    rawBody: Uint8Array,
    headers: WebhookHeaders,
  ): Promise<Intake>
  /** Lets go of what it remembers of senders. */
  close(): void
}

interface Addressee {
  readonly senderId: SenderId
  readonly workspaceId: WorkspaceId
  readonly channel: ChannelKind
  readonly secrets: Readonly<Record<string, string>>
  /** Who an item of an account is for: one sender, or all that share it. */
  readonly sendersOf: ReadonlyMap<string, readonly SenderId[]>
}

/** Meta's bodies end at 3 MB, and no status is shorter than 80 bytes: what a channel may send always fits. */
export const webhookItemsMax = 50_000
const rowsPerTransaction = 2_000

const knownMs = 10_000
const knownMax = 10_000

export function createWebhookIntake(
  core: Core,
  credentials: SenderCredentials,
  webhooks: Webhooks,
): WebhookIntake {
  const known = new Map<string, { readonly addressee: Addressee | null; readonly untilMs: number }>()
  let unsubscribe: (() => void) | null = null
  const listen = (): void => {
    unsubscribe ??= core.bus.subscribe((event) => {
      if (event.kind === 'resync') known.clear()
      else if (event.kind === 'sender.changed' && event.id !== undefined) known.delete(event.id)
    })
  }
  const load = (senderId: SenderId) => loadAddressee(core, credentials, webhooks, senderId)
  const find = async (channel: ChannelKind, senderId: string): Promise<Addressee | null> => {
    if (!isId('snd', senderId)) return null
    listen()
    const nowMs = core.now().getTime()
    let entry = known.get(senderId)
    if (!entry || entry.untilMs < nowMs) {
      if (known.size >= knownMax) known.clear()
      entry = { addressee: await load(senderId), untilMs: nowMs + knownMs }
      known.set(senderId, entry)
    }
    return entry.addressee?.channel === channel ? entry.addressee : null
  }
  const keeper = new Coalescer<readonly ToldItem[], Kept>((groups) => keepGroups(core, groups))
  return {
    close: () => {
      unsubscribe?.()
      known.clear()
    },
    handshake: async (channel, senderId, query) => {
      const addressee = await find(channel, senderId)
      return addressee ? (webhooks.get(channel)?.handshake(query, addressee.secrets) ?? null) : null
    },
    receive: async (channel, senderId, rawBody, headers) => {
      const webhook = webhooks.get(channel)
      const addressee = await find(channel, senderId)
      if (!webhook || !addressee) return 'unknown'
      if (!webhook.isAuthentic(rawBody, headers, addressee.secrets)) return 'unauthentic'
      const items = splitSafely(webhook, rawBody)
      if (items === null) return 'malformed'
      if (items.length > webhookItemsMax) return 'too_large'
      const isKnown = items.every(({ account }) => addressee.sendersOf.has(account))
      if (!isKnown) known.delete(senderId)
      const newest = isKnown ? addressee : ((await find(channel, senderId)) ?? addressee)
      const kept = addressItems(core, newest, items)
      if (kept.length === 0) return 'taken'
      const outcome = await keeper.ask(kept)
      if (outcome.error !== null) throw outcome.error
      return 'taken'
    },
  }
}

interface Kept {
  readonly error: Error | null
}

/** Bodies of several senders in one transaction; where that fails each alone, so that one spoils none of the others. */
async function keepGroups(core: Core, groups: readonly (readonly ToldItem[])[]): Promise<Kept[]> {
  try {
    await keepItems(core, groups.flat())
    return groups.map(() => ({ error: null }))
  } catch (error) {
    if (groups.length === 1) return [{ error: toError(error) }]
  }
  const kept: Kept[] = []
  for (const group of groups) kept.push(...(await keepGroups(core, [group])))
  return kept
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

async function keepItems(core: Core, items: readonly ToldItem[]): Promise<void> {
  const rows = packItems(items)
  for (let start = 0; start < rows.length; start += rowsPerTransaction) {
    const piece = rows.slice(start, start + rowsPerTransaction)
    await core.inSystem(async (scope) => {
      await insertWebhookItems(scope, piece, core.now())
      for (const [id, workspaceId] of new Map(piece.map((row) => [row.senderId, row.workspaceId])))
        await core.bus.publishIn(scope, { kind: 'sender.webhook', workspaceId, id })
    })
  }
}

async function loadAddressee(
  core: Core,
  credentials: SenderCredentials,
  webhooks: Webhooks,
  senderId: SenderId,
): Promise<Addressee | null> {
  return core.inSystem(async (scope) => {
    const senders = await listWebhookSenders(scope, senderId)
    const told = senders.find((sender) => sender.senderId === senderId)
    const webhook = told && webhooks.get(told.channel)
    if (!told || !webhook) return null
    const { workspaceId, channel } = told
    const secrets = await credentials.readSecrets(scope, told)
    const serverOf = ({ settings }: WebhookSender) => webhook.serverOf?.(settings) ?? null
    const near = senders.filter((sender) => serverOf(sender) === serverOf(told))
    return { senderId, workspaceId, channel, secrets, sendersOf: groupByAccount(webhook, near) }
  })
}

function groupByAccount(
  webhook: ChannelWebhook,
  senders: readonly WebhookSender[],
): ReadonlyMap<string, readonly SenderId[]> {
  const sendersOf = new Map<string, SenderId[]>()
  for (const { senderId, settings } of senders) {
    for (const account of webhook.accountsOf(settings)) {
      sendersOf.set(account, [...(sendersOf.get(account) ?? []), senderId])
    }
  }
  return sendersOf
}

const depthMax = 64

/** @returns null for what no channel sends: another form, or nested so deep that it could not be kept. */
function splitSafely(webhook: ChannelWebhook, rawBody: Uint8Array): readonly WebhookItem[] | null {
  try {
    const items = webhook.split(rawBody)
    return items.some(({ item }) => isDeeperThan(item, depthMax)) ? null : items
  } catch (error) {
    if (error instanceof WebhookMalformed || error instanceof RangeError) return null
    throw error
  }
}

function addressItems(core: Core, addressee: Addressee, items: readonly WebhookItem[]): ToldItem[] {
  const { senderId: told, workspaceId, sendersOf } = addressee
  const strangers = items.filter(({ account }) => !sendersOf.has(account)).length
  if (strangers > 0)
    core.logger.warn({ senderId: told, items: strangers }, 'a webhook told of accounts nobody connected')
  return items.flatMap(({ account, key, item, anyOrder = false }) =>
    (sendersOf.get(account) ?? []).map((senderId) => ({ workspaceId, senderId, key, item, anyOrder })),
  )
}

import type { NumberStanding } from '@siar/channel'
import type { SenderStanding } from '@siar/contract'
import type { SystemScope } from '@siar/database'
import type { Core } from '../../core.ts'
import { lockLeases } from './leases.repo.ts'
import type { LiveSender } from './live-sender.ts'
import type { SenderNews } from './forwarded-event.ts'
import { keepPortfolio } from './portfolios.repo.ts'
import { insertSenderEvents, setNewChatsLock, setStanding } from './sessions.repo.ts'

const detailLengthMax = 500

/** Keeps news of one sender, under its lease and in one transaction. Twice equals once, except for lines of its log. */
export async function keepNews(
  core: Core,
  processId: string,
  live: LiveSender,
  news: readonly SenderNews[],
): Promise<void> {
  const { id, workspaceId } = live.row
  await core.inSystem(async (scope) => {
    await lockLeases(scope, processId, [live.lease])
    for (const event of news) {
      if (event.type === 'standing') {
        await setStanding(scope, id, toStanding(event))
        await keepLimit(core, scope, id, event)
      }
      if (event.type === 'new_chats_lock') await setNewChatsLock(scope, id, event.until)
    }
    const lines = news.flatMap((event) => toLine(event))
    if (lines.length > 0) {
      const rows = lines.map((line) => ({ ...line, id: core.newId('evt'), workspaceId, senderId: id }))
      await insertSenderEvents(scope, rows)
    }
    await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id })
  })
}

/** Whoever waited for a place is due at once when there are more, also in other workspaces: their lanes hear of it. */
async function keepLimit(
  core: Core,
  scope: SystemScope,
  senderId: string,
  { portfolio = null, messagingLimit, at }: NumberStanding,
): Promise<void> {
  const news = { senderId, businessId: portfolio, peopleMax: messagingLimit, at }
  for (const freed of await keepPortfolio(scope, news)) {
    await core.bus.publishIn(scope, {
      kind: 'sender.changed',
      workspaceId: freed.workspaceId,
      id: freed.id,
    })
  }
}

function toStanding({
  quality,
  messagingLimit,
  messagesPerSecond,
  at,
}: NumberStanding): Partial<SenderStanding> {
  const limit =
    messagingLimit === null
      ? {}
      : messagingLimit === Infinity
        ? { messagingLimit: null, isUnlimited: true }
        : { messagingLimit, isUnlimited: false }
  return {
    ...(quality === null ? {} : { quality }),
    ...limit,
    ...(messagesPerSecond === null ? {} : { messagesPerSecond }),
    at: at.toISOString(),
  }
}

/** PostgreSQL keeps no zero byte in a text. */
const clean = (text: string, lengthMax: number): string => text.replaceAll('\0', '').slice(0, lengthMax)

function toLine(event: SenderNews): { kind: string; detail: string; at: Date }[] {
  if (event.type === 'note')
    return [{ kind: clean(event.kind, 60), detail: clean(event.detail, detailLengthMax), at: event.at }]
  if (event.type === 'new_chats_lock')
    return [
      event.until === null
        ? { kind: 'new_chats_free', detail: '', at: event.at }
        : { kind: 'new_chats_locked', detail: event.until.toISOString(), at: event.at },
    ]
  return event.quality === null ? [] : [{ kind: `quality_${event.quality}`, detail: '', at: event.at }]
}

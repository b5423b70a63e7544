import type { Sender } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { speedRuleOf } from '@siar/domain'
import type { ChannelKind } from '@siar/domain'
import { listSecretNames } from './credentials.repo.ts'
import { countPutAside } from './put-aside.repo.ts'
import { readSettings } from './live-sender.ts'
import { listPortfolioUse } from './portfolios.repo.ts'
import { dayOf, healthDays, healthOf } from './sender-health.ts'
import type { Health } from './sender-health.ts'
import { presentSender } from './senders.present.ts'
import { countSentSince, findTimeZone, listSenderDays } from './senders.repo.ts'
import type { SenderDayRow, SenderRow } from './senders.repo.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

/** Caps and warm-up hold for senders that go one by one; the official channel has a rate instead. */
function isUncapped(row: SenderRow): boolean {
  return speedRuleOf(row.channel as ChannelKind, readSettings(row.settings).paced) !== 'paced'
}

function toHealthDay(row: SenderDayRow): Health['days'][number] {
  const { day, accepted, delivered, read, refused, unknown, replies, optOuts, blocks } = row
  return { day, accepted, delivered, read, refused, unknown, replies, optOuts, blocks }
}

/** Senders as the API shows them: with health from their days, and what they sent in this clock hour. */
export async function presentSenders(
  scope: WorkspaceScope,
  rows: readonly SenderRow[],
  now: Date,
  publicUrl: string,
): Promise<Sender[]> {
  if (rows.length === 0) return []
  const nowAtMs = now.getTime()
  const zone = await findTimeZone(scope)
  const ids = rows.map((row) => row.id)
  const days = await listSenderDays(scope, ids, dayOf(zone, nowAtMs - (healthDays - 1) * dayMs))
  const secretsOf = await listSecretNames(scope, ids)
  const putAside = await countPutAside(scope, ids)
  const portfolios = await listPortfolioUse(
    scope,
    rows.filter(({ channel }) => channel === 'cloud_api').map((row) => row.id),
    now,
  )
  const portfolioOf = new Map(portfolios.map((one) => [one.senderId, one]))
  const counted = rows.filter((row) => !isUncapped(row)).map((row) => row.id)
  const sent = await countSentSince(scope, counted, new Date(Math.floor(nowAtMs / hourMs) * hourMs))
  return rows.map((row) => {
    const since = row.numberSince === null ? (row.pairedAt?.getTime() ?? null) : Date.parse(row.numberSince)
    const health = healthOf({
      nowAtMs,
      zone,
      status: row.status,
      settings: readSettings(row.settings),
      skipsLimits: isUncapped(row),
      numberSinceAtMs: since,
      days: days.filter((day) => day.senderId === row.id).map(toHealthDay),
      sentThisHour: sent.get(row.id) ?? 0,
    })
    return presentSender(row, {
      health,
      secrets: secretsOf.get(row.id) ?? [],
      publicUrl,
      putAsideCount: putAside.get(row.id) ?? 0,
      portfolio: portfolioOf.get(row.id) ?? null,
      now,
    })
  })
}

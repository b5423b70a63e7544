import type { ResponseInput, Sender, senderOperations } from '@siar/contract'
import { presentHalt } from '../../halt-present.ts'
import { readSettings } from './live-sender.ts'
import type { PortfolioUseRow } from './portfolios.repo.ts'
import type { Health } from './sender-health.ts'
import { webhookUrl } from './webhook-url.ts'
import type { SenderEventRow, SenderRow } from './senders.repo.ts'

type Pairing = ResponseInput<typeof senderOperations.getPairing>
type EventLine = ResponseInput<typeof senderOperations.listEvents>['data'][number]

export interface SenderExtras {
  readonly health: Health
  readonly secrets: readonly string[]
  readonly publicUrl: string
  readonly putAsideCount: number
  readonly portfolio: PortfolioUseRow | null
  readonly now: Date
}

export function presentSender(row: SenderRow, extras: SenderExtras): Sender {
  const channel = row.channel as Sender['channel']
  const { health, secrets, publicUrl, putAsideCount, portfolio, now } = extras
  const lockedUntil = row.newChatsLockedUntil
  return {
    id: row.id,
    name: row.name,
    channel,
    phone: row.phone,
    status: row.status,
    statusReason: row.statusReason,
    halt: presentHalt(row.halt && { ...row.halt, senderName: null }),
    statusAt: row.statusAt.toISOString(),
    wanted: row.wanted,
    useForCampaigns: row.useForCampaigns,
    settings: readSettings(row.settings),
    secrets: [...secrets],
    webhookUrl: webhookUrl(publicUrl, channel, row.id),
    putAsideCount,
    standing: (row.standing as Sender['standing']) ?? null,
    portfolio: portfolio && {
      people: portfolio.people,
      peopleMax: portfolio.peopleMax,
      freeAt: portfolio.freeAt?.toISOString() ?? null,
    },
    newChatsLockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil.toISOString() : null,
    numberSince: row.numberSince,
    health,
    pairedAt: row.pairedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The code to scan or to type now; an expired one is none. */
export function presentPairing(row: SenderRow, now: Date): Pairing {
  const { status, pairing } = row
  const isShown = status === 'pairing' && pairing !== null && new Date(pairing.expiresAt) > now
  const shown = isShown ? { data: pairing.data, expiresAt: pairing.expiresAt } : null
  return {
    status,
    qr: pairing?.kind === 'qr' ? shown : null,
    code: pairing?.kind === 'code' ? shown : null,
  }
}

export function presentSenderEvent(row: SenderEventRow): EventLine {
  return { id: row.id, kind: row.kind, detail: row.detail, at: row.at.toISOString() }
}

import type { ResponseInput, Sender, senderOperations } from '@siar/contract'
import { presentHalt } from '../../halt-present.ts'
import { readSettings } from './live-sender.ts'
import type { Health } from './sender-health.ts'
import type { SenderEventRow, SenderRow } from './senders.repo.ts'

type Pairing = ResponseInput<typeof senderOperations.getPairing>
type EventLine = ResponseInput<typeof senderOperations.listEvents>['data'][number]

export function presentSender(row: SenderRow, health: Health): Sender {
  return {
    id: row.id,
    name: row.name,
    channel: row.channel as Sender['channel'],
    phone: row.phone,
    status: row.status,
    statusReason: row.statusReason,
    halt: presentHalt(row.halt && { ...row.halt, senderName: null }),
    statusAt: row.statusAt.toISOString(),
    wanted: row.wanted,
    useForCampaigns: row.useForCampaigns,
    settings: readSettings(row.settings),
    numberSince: row.numberSince,
    health,
    pairedAt: row.pairedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** The code to draw now; a pairing code to type and an expired QR code are none. */
export function presentPairing(row: SenderRow, now: Date): Pairing {
  const { status, pairing } = row
  const isShown = status === 'pairing' && pairing?.kind === 'qr' && new Date(pairing.expiresAt) > now
  return { status, qr: isShown ? { data: pairing.data, expiresAt: pairing.expiresAt } : null }
}

export function presentSenderEvent(row: SenderEventRow): EventLine {
  return { id: row.id, kind: row.kind, detail: row.detail, at: row.at.toISOString() }
}

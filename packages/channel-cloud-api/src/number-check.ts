import type { NumberStanding } from '@siar/channel'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import { isManagementLimit } from './management-gate.ts'
import { refusalOf } from './refusal-table.ts'
import { readMessagingLimit, readQuality, readThroughput } from './standing.ts'

/** What one look at a number tells. `no_answer`: nothing new; ask again later. */
export type NumberCheck =
  | {
      readonly kind: 'seen'
      readonly state: 'online' | 'restricted' | 'banned' | 'offline'
      readonly reason: string | null
      readonly phone: string | null
      readonly name: string | null
      readonly standing: Pick<NumberStanding, 'quality' | 'messagingLimit' | 'messagesPerSecond'>
    }
  | {
      readonly kind: 'turned_away'
      readonly state: 'logged_out' | 'banned' | 'offline'
      readonly reason: string
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'no_answer' }

const plainFields = 'id,display_phone_number,verified_name,quality_rating'
const allFields = `${plainFields},status,messaging_limit_tier,throughput`

/** Source: Meta, `status` of a business phone number. What is not listed works. */
const statesByStatus: Readonly<Record<string, [state: 'restricted' | 'banned' | 'offline', reason: string]>> =
  {
    RESTRICTED: ['restricted', 'Meta restricted this number: it may only answer'],
    BANNED: ['banned', 'Meta banned this number'],
    DISCONNECTED: ['offline', 'the number is not registered on Cloud API'],
    PENDING: ['offline', 'the number is not registered on Cloud API yet'],
    UNVERIFIED: ['offline', 'the number is not verified yet'],
    DELETED: ['offline', 'the number was removed from its account'],
    MIGRATED: ['offline', 'the number moved to another account'],
  }

function readSeen(body: Json): NumberCheck {
  const digits = asText(body['display_phone_number'])?.replace(/\D/g, '') ?? ''
  const [state, reason] = statesByStatus[asText(body['status']) ?? ''] ?? (['online', null] as const)
  return {
    kind: 'seen',
    state,
    reason,
    phone: digits === '' ? null : `+${digits}`,
    name: asText(body['verified_name']),
    standing: {
      quality: readQuality(body['quality_rating']),
      messagingLimit: readMessagingLimit(body['messaging_limit_tier']),
      messagesPerSecond: readThroughput(asRecord(body['throughput'])['level']),
    },
  }
}

function readFailure(end: Extract<GraphEnd, { kind: 'failed' }>): NumberCheck {
  if (isManagementLimit(end)) return { kind: 'no_answer' }
  const { reason } = refusalOf(end.error)
  switch (reason) {
    case 'sender_signed_out':
      return { kind: 'turned_away', state: 'logged_out', reason: 'the access token is no longer valid' }
    case 'permission_missing':
      return { kind: 'turned_away', state: 'offline', reason: 'the access token may not use this number' }
    case 'account_stopped':
      return { kind: 'turned_away', state: 'banned', reason: 'Meta locked the account' }
    case 'sender_not_ready':
      return { kind: 'turned_away', state: 'offline', reason: 'the number is not registered on Cloud API' }
    default:
      return { kind: 'unreachable' }
  }
}

/** Looks at a number. Asks for less when Meta does not know one of the fields in this version. */
export async function checkNumber(client: GraphClient, phoneNumberId: string): Promise<NumberCheck> {
  let end = await client.get(phoneNumberId, { fields: allFields })
  if (end.kind === 'failed' && end.error.code === 100 && end.error.subcode === null) {
    end = await client.get(phoneNumberId, { fields: plainFields })
  }
  if (end.kind === 'done') return readSeen(end.body)
  if (end.kind === 'failed') return readFailure(end)
  return end.kind === 'not_sent' && end.reason === 'may_not_act'
    ? { kind: 'no_answer' }
    : { kind: 'unreachable' }
}

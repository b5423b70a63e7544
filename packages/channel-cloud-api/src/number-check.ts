import type { NumberStanding } from '@siar/channel'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import { isManagementLimit } from './management-gate.ts'
import { refusalOf } from './refusal-table.ts'
import type { CloudApiSettings } from './settings.ts'
import { readMessagingLimit, readQuality, readThroughput } from './standing.ts'

/** What one look at a number tells. `no_answer`: nothing new; ask again later. */
export type NumberCheck =
  | {
      readonly kind: 'seen'
      readonly state: 'online' | 'restricted' | 'banned' | 'offline'
      readonly reason: string | null
      readonly phone: string | null
      readonly name: string | null
      readonly standing: Pick<
        NumberStanding,
        'quality' | 'messagingLimit' | 'messagesPerSecond' | 'portfolio'
      >
    }
  | {
      readonly kind: 'turned_away'
      readonly state: 'logged_out' | 'banned' | 'offline'
      readonly reason: string
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'no_answer' }

const plainFields = 'id,display_phone_number,verified_name,quality_rating'
const newLimit = 'whatsapp_business_manager_messaging_limit'
const oldLimit = 'messaging_limit_tier'
/** From this version on Meta knows the limit of the portfolio by its new name. Source: Meta, messaging limits. */
const newLimitSince = 24

/** What is asked for, the most telling first. */
function fieldsOf(apiVersion: string): string[] {
  const isNew = Number(apiVersion.slice(1).split('.')[0]) >= newLimitSince
  const limits = isNew ? [newLimit, oldLimit] : [oldLimit, newLimit]
  return [...limits.map((limit) => `${plainFields},status,throughput,${limit}`), plainFields]
}

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

function readSeen(body: Json): Extract<NumberCheck, { kind: 'seen' }> {
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
      messagingLimit: readMessagingLimit(body[newLimit] ?? body[oldLimit]),
      messagesPerSecond: readThroughput(asRecord(body['throughput'])['level']),
      portfolio: null,
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

export interface NumberLook {
  readonly client: GraphClient
  readonly settings: Pick<CloudApiSettings, 'phoneNumberId' | 'wabaId' | 'apiVersion'>
}

const isUnknownField = (end: GraphEnd): boolean =>
  end.kind === 'failed' && end.error.code === 100 && end.error.subcode === null

/**
 * Looks at one number again and again: asks for less where Meta does not know one of the fields in this version, and until it is told
 * for the business portfolio that owns the account.
 */
export function createNumberLook({ client, settings }: NumberLook): () => Promise<NumberCheck> {
  const { phoneNumberId, wabaId, apiVersion } = settings
  let choices = fieldsOf(apiVersion)
  let portfolio: string | null = null
  const askNumber = async (): Promise<GraphEnd> => {
    for (;;) {
      const [fields = plainFields, ...less] = choices
      const end = await client.get(phoneNumberId, { fields })
      if (!isUnknownField(end) || less.length === 0) return end
      choices = less
    }
  }
  const askPortfolio = async (): Promise<string | null> => {
    const fields = 'owner_business_info,on_behalf_of_business_info'
    const end = await client.get(wabaId, { fields })
    if (end.kind !== 'done') return null
    const { on_behalf_of_business_info: behalf, owner_business_info: owner } = end.body
    return asText(asRecord(behalf)['id']) ?? asText(asRecord(owner)['id'])
  }
  return async () => {
    const end = await askNumber()
    if (end.kind === 'done') {
      const seen = readSeen(end.body)
      portfolio ??= await askPortfolio()
      return { ...seen, standing: { ...seen.standing, portfolio } }
    }
    if (end.kind === 'failed') return readFailure(end)
    return end.kind === 'not_sent' && end.reason === 'may_not_act'
      ? { kind: 'no_answer' }
      : { kind: 'unreachable' }
  }
}

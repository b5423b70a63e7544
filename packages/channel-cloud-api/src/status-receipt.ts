import type { Receipt, ReceiptKind, ReceiptPricing } from '@siar/channel'
import { readInstant } from './instants.ts'
import { asInteger, asList, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import { refusalOf } from './refusal-table.ts'

const kinds: Readonly<Record<string, ReceiptKind>> = {
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'refused',
}

const pricingKinds = ['regular', 'free_customer_service', 'free_entry_point'] as const

/** Before Meta stated `type`, what was not billable was free by an open window. */
function readPricing(given: unknown): ReceiptPricing | null {
  const pricing = asRecord(given)
  const { billable } = pricing
  const category = asText(pricing['category'])
  if (typeof billable !== 'boolean' || category === null) return null
  const stated = pricingKinds.find((kind) => kind === pricing['type'])
  return {
    billable,
    kind: stated ?? (billable ? 'regular' : 'free_customer_service'),
    category: category.toLowerCase(),
  }
}

function readRefusal(errors: unknown): NonNullable<Receipt['refusal']> {
  const error = asRecord(asList(errors)[0])
  const { reason, action } = refusalOf({
    httpStatus: 400,
    code: asInteger(error['code']),
    subcode: asInteger(error['error_subcode']),
    retryAfterMs: null,
  })
  return { reason, action }
}

/** What Siar put into `biz_opaque_callback_data`; other programs on the same number put there what they like. */
function readMessageId(status: Json): string | null {
  const id = asText(status['biz_opaque_callback_data'])
  return id !== null && /^msg_[A-Za-z0-9]{1,80}$/.test(id) ? id : null
}

/** @returns null for a status Siar has no use for. */
export function readReceipt(status: Json, now: Date): Receipt | null {
  const kind = kinds[asText(status['status']) ?? '']
  const channelMessageId = asText(status['id'])
  if (kind === undefined || channelMessageId === null) return null
  const pricing = readPricing(status['pricing'])
  return {
    type: 'receipt',
    channelMessageId,
    messageId: readMessageId(status),
    kind,
    at: readInstant(status['timestamp'], now),
    ...(kind === 'refused' ? { refusal: readRefusal(status['errors']) } : {}),
    ...(pricing === null ? {} : { pricing }),
  }
}

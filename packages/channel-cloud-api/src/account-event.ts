import type { ApprovalStatus, InboundEvent, MetaCategory, SessionNote, TemplateChange } from '@siar/channel'
import { metaCategories } from '@siar/channel'
import { readInstant } from './instants.ts'
import { asList, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import { readMessagingLimit } from './standing.ts'

/** What an account webhook means for a sender: events, and what it does to the state of the session. */
export interface AccountNews {
  readonly events: readonly InboundEvent[]
  readonly state?: {
    readonly name: 'banned' | 'restricted' | 'logged_out' | 'pardoned'
    readonly reason: string
    /** When it ends by itself. */
    readonly until: Date | null
  }
}

const templateStatuses: Readonly<Record<string, ApprovalStatus>> = {
  APPROVED: 'APPROVED',
  REINSTATED: 'APPROVED',
  FLAGGED: 'APPROVED',
  REJECTED: 'REJECTED',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
  DELETED: 'DISABLED',
  PENDING_DELETION: 'DISABLED',
  ARCHIVED: 'DISABLED',
  LOCKED: 'DISABLED',
  LIMIT_EXCEEDED: 'DISABLED',
}

/** What is new or in between counts as pending. */
export function readApproval(value: unknown): ApprovalStatus {
  return templateStatuses[asText(value) ?? ''] ?? 'PENDING'
}

export function readCategory(value: unknown): MetaCategory | null {
  return metaCategories.find((category) => category === value) ?? null
}

function note(kind: string, detail: string, at: Date): SessionNote {
  return { type: 'note', kind, detail: detail.slice(0, 500), at }
}

function templateChange(value: Json, at: Date, change: Partial<TemplateChange>): InboundEvent[] {
  const remoteId = asText(value['message_template_id'])
  const name = asText(value['message_template_name'])
  const language = asText(value['message_template_language'])
  if (remoteId === null || name === null || language === null) return []
  return [
    { type: 'template', remoteId, name, language, status: null, category: null, reason: null, at, ...change },
  ]
}

function readTemplateStatus(value: Json, at: Date): AccountNews {
  const given = asText(value['reason'])
  const other = asText(asRecord(value['other_info'])['title'])
  const reason = given === null || given === 'NONE' ? other : given
  return {
    events: templateChange(value, at, {
      status: readApproval(value['event']),
      category: readCategory(value['message_template_category']),
      reason: value['event'] === 'FLAGGED' ? (reason ?? 'FLAGGED') : reason,
    }),
  }
}

function readTemplateQuality(value: Json, at: Date): AccountNews {
  const name = asText(value['message_template_name']) ?? ''
  const language = asText(value['message_template_language']) ?? ''
  const [before, after] = ['previous_quality_score', 'new_quality_score'].map(
    (key) => asText(value[key]) ?? '?',
  )
  return { events: [note('template_quality', `${name} (${language}): ${before} → ${after}`, at)] }
}

function readNumberQuality(value: Json, at: Date): AccountNews {
  const event = asText(value['event']) ?? ''
  const isThroughput = event === 'THROUGHPUT_UPGRADE'
  const limit = readMessagingLimit(value['max_daily_conversations_per_business'] ?? value['current_limit'])
  return {
    events: [
      {
        type: 'standing',
        quality: null,
        messagingLimit: isThroughput ? null : limit,
        messagesPerSecond: isThroughput ? 1_000 : null,
        at,
      },
      note('number_quality', event, at),
    ],
  }
}

function readCapability(value: Json, at: Date): AccountNews {
  const given = value['max_daily_conversations_per_business'] ?? value['max_daily_conversation_per_phone']
  const messagingLimit = readMessagingLimit(given)
  if (messagingLimit === null) return { events: [] }
  return { events: [{ type: 'standing', quality: null, messagingLimit, messagesPerSecond: null, at }] }
}

function readBan(value: Json, at: Date): AccountNews {
  const state = asText(asRecord(value['ban_info'])['waba_ban_state']) ?? 'DISABLE'
  const events = [note('account_ban', state, at)]
  if (state === 'SCHEDULE_FOR_DISABLE') return { events }
  const name = state === 'REINSTATE' ? 'pardoned' : 'banned'
  return { events, state: { name, reason: 'Meta disabled the WhatsApp Business account', until: null } }
}

function readRestriction(value: Json, at: Date): AccountNews {
  const restrictions = asList(value['restriction_info']).map(asRecord)
  const kinds = restrictions.map((restriction) => asText(restriction['restriction_type']) ?? '')
  const events: InboundEvent[] = [note('account_restriction', kinds.join(', '), at)]
  const index = kinds.findIndex((kind) => kind.startsWith('RESTRICTED_') && kind.endsWith('_MESSAGING'))
  if (index < 0) return { events }
  const given = restrictions[index]?.['expiration']
  const never = new Date(at.getTime() + 30 * 24 * 3_600_000)
  const until = readInstant(given, never)
  events.push({ type: 'new_chats_lock', until, at })
  return {
    events,
    state: { name: 'restricted', reason: 'Meta restricted the WhatsApp Business account', until },
  }
}

function readAccountUpdate(value: Json, at: Date): AccountNews {
  const event = asText(value['event']) ?? ''
  switch (event) {
    case 'DISABLED_UPDATE':
      return readBan(value, at)
    case 'ACCOUNT_RESTRICTION':
      return readRestriction(value, at)
    case 'ACCOUNT_VIOLATION': {
      const kind = asText(asRecord(value['violation_info'])['violation_type']) ?? ''
      return { events: [note('account_violation', kind, at)] }
    }
    case 'ACCOUNT_DELETED':
    case 'PARTNER_REMOVED':
    case 'PARTNER_APP_UNINSTALLED':
      return {
        events: [note('account_update', event, at)],
        state: {
          name: 'logged_out',
          reason: 'Meta ended the access to this WhatsApp Business account',
          until: null,
        },
      }
    default:
      return { events: [note('account_update', event, at)] }
  }
}

function readAlert(value: Json, at: Date): AccountNews {
  const alert = asRecord(value['alert_info'] ?? value)
  const parts = ['alert_severity', 'alert_status', 'alert_type'].map((key) => asText(alert[key]))
  return { events: [note('account_alert', parts.filter((part) => part !== null).join(', '), at)] }
}

/** Reads what Meta tells about an account, its numbers and its templates. What it does not know becomes a note. */
export function readAccountNews(field: string, value: Json, time: string | null, now: Date): AccountNews {
  const at = readInstant(time, now)
  switch (field) {
    case 'message_template_status_update':
      return readTemplateStatus(value, at)
    case 'template_category_update':
      return { events: templateChange(value, at, { category: readCategory(value['new_category']) }) }
    case 'message_template_quality_update':
      return readTemplateQuality(value, at)
    case 'phone_number_quality_update':
      return readNumberQuality(value, at)
    case 'business_capability_update':
      return readCapability(value, at)
    case 'account_update':
      return readAccountUpdate(value, at)
    case 'account_alerts':
      return readAlert(value, at)
    default:
      return { events: [note('webhook', field.slice(0, 100), at)] }
  }
}

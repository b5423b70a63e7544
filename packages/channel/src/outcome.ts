import type { RefusalAction } from '@siar/domain'

/**
 * The end of one call to a channel. Closed: every adapter maps what it meets to one of these.
 *
 * - `accepted`: the server took the message; nothing is known yet about the person.
 * - `refused`: the server said no; `action` tells what to do about it.
 * - `not_sent`: nothing left this machine (connection refused, name not found); safe to try again.
 * - `unknown`: the message may or may not be on its way; only a receipt or a person settles it.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly channelMessageId: string }
  | {
      readonly kind: 'refused'
      /** Stable code such as `not_on_whatsapp`, `blocked`, `131049`. */
      readonly reason: string
      readonly action: RefusalAction
      readonly retryAfterMs?: number
    }
  | { readonly kind: 'not_sent'; readonly reason: string; readonly retryAfterMs: number }
  | { readonly kind: 'unknown'; readonly reason: string }

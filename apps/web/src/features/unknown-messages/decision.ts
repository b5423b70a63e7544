import type { BodyInput, unknownMessageOperations } from '@siar/contract'
import { CheckCheck, CircleSlash, Send } from 'lucide-react'

type Body = BodyInput<typeof unknownMessageOperations.settle>

export type Decision = Body['decision']
/** In the order people should think of them: look first, send again with care, leave last. */
export const decisions = ['arrived', 'send_again', 'give_up'] as const satisfies readonly Decision[]
export const decisionIcons = { arrived: CheckCheck, send_again: Send, give_up: CircleSlash }

/** Whom a decision is about: single ones, or everybody of a campaign. */
export type Target =
  | { readonly kind: 'people'; readonly ids: readonly string[] }
  | { readonly kind: 'campaign'; readonly campaignId: string; readonly name: string; readonly total: number }

/** A decision that waits for its confirmation, with the key that makes a second click harmless. */
export type Plan = { readonly target: Target; readonly decision: Decision; readonly key: string }

export function countOf(target: Target): number {
  return target.kind === 'people' ? target.ids.length : target.total
}

export function bodyOf({ target, decision }: Plan): Body {
  return target.kind === 'people'
    ? { recipientIds: [...target.ids], decision }
    : { campaignId: target.campaignId, decision }
}

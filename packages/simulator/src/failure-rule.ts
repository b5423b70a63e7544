import { refusalReasons } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'

/** How one call may end. `unknown` tells the caller nothing; `shown` says what the person saw all the same. */
export type SendEnd =
  | { readonly kind: 'accepted' }
  | {
      readonly kind: 'refused'
      readonly reason: RefusalReason
      readonly action?: RefusalAction
      readonly retryAfterMs?: number
    }
  /** Accepted at first; the refusal comes as a receipt. */
  | { readonly kind: 'refused_late'; readonly reason: RefusalReason }
  | { readonly kind: 'not_sent'; readonly retryAfterMs?: number }
  | { readonly kind: 'unknown'; readonly shown: boolean }
  /** Never answers; the caller has to give up by its signal, and then knows nothing. */
  | { readonly kind: 'hangs'; readonly shown: boolean }

/** Decides the end of calls: the first rule that matches and has calls left. */
export interface FailureRule {
  readonly senderId?: string
  readonly to?: string
  /** Calls it holds for, counted from now; all unless told. */
  readonly count?: number
  readonly end: SendEnd
}

export interface FailureRules {
  /** @returns the way to take the rule back. */
  add(rule: FailureRule): () => void
  clear(): void
  /** Rules that hold, with the calls each has left (Infinity for all). */
  list(): { readonly rule: FailureRule; readonly left: number }[]
  /** Uses up one call of the rule it answers from. */
  take(senderId: string, to: string): SendEnd | null
}

export function createFailureRules(): FailureRules {
  let rules: { rule: FailureRule; left: number }[] = []
  return {
    add: (rule) => {
      const entry = { rule, left: rule.count ?? Infinity }
      rules.push(entry)
      return () => {
        rules = rules.filter((other) => other !== entry)
      }
    },
    clear: () => {
      rules = []
    },
    list: () => rules.map(({ rule, left }) => ({ rule, left })),
    take: (senderId, to) => {
      if (rules.length === 0) return null
      const entry = rules.find(
        ({ rule }) => (rule.senderId ?? senderId) === senderId && (rule.to ?? to) === to,
      )
      if (!entry) return null
      entry.left -= 1
      if (entry.left <= 0) rules = rules.filter((other) => other !== entry)
      return entry.rule.end
    },
  }
}

/** The usual action of a reason, unless the rule names another. */
export function actionOf(reason: RefusalReason, action?: RefusalAction): RefusalAction {
  return action ?? refusalReasons[reason].action
}

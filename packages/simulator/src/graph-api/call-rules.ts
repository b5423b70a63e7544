/** How the next calls of a number end. */
export type CallEnd =
  /** Meta's own refusal: at once, or `late` as a failed status. */
  | {
      readonly kind: 'error'
      readonly code: number
      readonly status?: number
      readonly subcode?: number
      readonly details?: string
      readonly retryAfterS?: number
      readonly late?: boolean
    }
  /** The connection breaks without an answer; `shown` says what the person sees all the same. */
  | { readonly kind: 'cut'; readonly shown: boolean }
  /** No answer ever comes. */
  | { readonly kind: 'hangs'; readonly shown: boolean }
  /** An answer that is none of Meta's, as a gateway in between gives it. */
  | { readonly kind: 'foreign'; readonly status: number; readonly body: string }

/** What a rule is about: sends, uploads, or every other call. */
export type CallKind = 'messages' | 'media' | 'management'

export interface CallRule {
  /** A phone number id; for other calls than sends and uploads also the id of an account. All unless told. */
  readonly objectId?: string
  readonly call?: CallKind
  readonly to?: string
  /** Calls it holds for; all unless told. */
  readonly count?: number
  readonly end: CallEnd
}

/** The first rule that fits decides, and is used up by one. */
export class CallRules {
  private rules: { rule: CallRule; left: number }[] = []

  add(rule: CallRule): void {
    this.rules.push({ rule, left: rule.count ?? Infinity })
  }

  clear(): void {
    this.rules = []
  }

  take(objectId: string | null, call: CallKind, to: string | null): CallEnd | null {
    if (this.rules.length === 0) return null
    const found = this.rules.find(
      ({ rule }) =>
        (rule.objectId ?? objectId) === objectId &&
        (rule.call ?? 'messages') === call &&
        (rule.to ?? to) === to,
    )
    if (!found) return null
    found.left -= 1
    if (found.left <= 0) this.rules = this.rules.filter((other) => other !== found)
    return found.rule.end
  }
}

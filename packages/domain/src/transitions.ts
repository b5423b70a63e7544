/** For every status, the statuses it may move to. Staying is not a move. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>

/** Tells whether a closed state machine allows a move. An unknown status moves nowhere. */
export function allowsMove<S extends string>(transitions: Transitions<S>, from: S, to: S): boolean {
  return Object.hasOwn(transitions, from) && transitions[from].includes(to)
}

/** The statuses from which `to` can be reached in one move: the list for `update … where status = any(…)`. */
export function sourcesOf<S extends string>(transitions: Transitions<S>, to: S): S[] {
  return (Object.keys(transitions) as S[]).filter((from) => transitions[from].includes(to))
}

/** A text in the two languages of the product. */
export type BilingualText = { readonly id: string; readonly en: string }

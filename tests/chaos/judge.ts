import type { Frame } from '@siar/simulator'

/** Where Siar says a person stands when everything is over. */
export interface PersonState {
  readonly address: string
  readonly status: string
}

/** What became of the people of some campaigns. */
export interface Verdict {
  readonly people: number
  readonly sent: number
  readonly lost: number
  readonly shownTwice: number
  /** People whom more than one frame reached, shown or not. */
  readonly framesTwice: number
  readonly unknown: number
  /** Unknown although the person has the message: no receipt settled it. */
  readonly unsettled: number
}

/** Judges by the network's own frames; Siar is only asked of whom it says that it does not know. */
export function judge(people: readonly PersonState[], frames: readonly Frame[]): Verdict {
  const all = new Map<string, number>()
  const shown = new Map<string, number>()
  const add = (counts: Map<string, number>, to: string): void =>
    void counts.set(to, (counts.get(to) ?? 0) + 1)
  for (const frame of frames) {
    add(all, frame.to)
    if (frame.shown) add(shown, frame.to)
  }
  const count = (is: (person: PersonState) => boolean): number => people.filter(is).length
  const times = (counts: Map<string, number>, { address }: PersonState): number => counts.get(address) ?? 0
  return {
    people: people.length,
    sent: count((person) => times(shown, person) > 0),
    lost: count((person) => times(shown, person) === 0 && person.status !== 'unknown'),
    shownTwice: count((person) => times(shown, person) > 1),
    framesTwice: count((person) => times(all, person) > 1),
    unknown: count(({ status }) => status === 'unknown'),
    unsettled: count((person) => times(shown, person) > 0 && person.status === 'unknown'),
  }
}

export const noVerdict: Verdict = {
  people: 0,
  sent: 0,
  lost: 0,
  shownTwice: 0,
  framesTwice: 0,
  unknown: 0,
  unsettled: 0,
}

export function addVerdicts(left: Verdict, right: Verdict): Verdict {
  const keys = Object.keys(left) as (keyof Verdict)[]
  return Object.fromEntries(keys.map((key) => [key, left[key] + right[key]])) as unknown as Verdict
}

const dayMs = 24 * 60 * 60_000

/** Whether a person may be written to freely now, and at whose cost. Source: channels.md §1. */
export type WindowState = 'closed' | 'service' | 'free_entry_point'

/**
 * The windows of one business number: 24 hours after any message of a person, and 72 hours free of charge when an entry
 * by an advertisement was answered within 24 hours.
 */
export interface Windows {
  /** A person wrote; `byAd` when the message came from a click on an advertisement. */
  heard(from: string, nowMs: number, byAd: boolean): void
  /** The business wrote to a person. */
  answered(to: string, nowMs: number): void
  stateOf(to: string, nowMs: number): WindowState
}

interface Times {
  heardAtMs: number
  enteredAtMs: number | null
  freeUntilMs: number
}

export function createWindows(): Windows {
  const people = new Map<string, Times>()
  return {
    heard: (from, nowMs, byAd) => {
      const times = people.get(from)
      if (times === undefined) {
        people.set(from, { heardAtMs: nowMs, enteredAtMs: byAd ? nowMs : null, freeUntilMs: 0 })
        return
      }
      times.heardAtMs = nowMs
      if (byAd) times.enteredAtMs = nowMs
    },
    answered: (to, nowMs) => {
      const times = people.get(to)
      if (times === undefined || times.enteredAtMs === null) return
      if (nowMs < times.enteredAtMs + dayMs) times.freeUntilMs = nowMs + 3 * dayMs
      times.enteredAtMs = null
    },
    stateOf: (to, nowMs) => {
      const times = people.get(to)
      if (times === undefined) return 'closed'
      if (nowMs < times.freeUntilMs) return 'free_entry_point'
      return nowMs < times.heardAtMs + dayMs ? 'service' : 'closed'
    },
  }
}

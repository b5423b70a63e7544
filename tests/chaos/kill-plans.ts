import type { KillPlan } from './crossings.ts'

/** How often was killed where, whatever lanes were at work; shared by the plans of one proof. */
export type Kills = Map<string, number>

/** Chooses where to kill next, so that every point gets its turn before any gets a second one. */
export class KillPlans {
  /** How often each point was crossed in one life, at the most that was seen. */
  readonly #counts = new Map<string, number>()
  /** Turns that were planned here, whether or not the process came there. */
  readonly #turns = new Map<string, number>()
  readonly #kills: Kills
  readonly #random: () => number

  /** @param random Uniform in [0, 1). */
  constructor(kills: Kills, random: () => number) {
    this.#kills = kills
    this.#random = random
  }

  learn(counts: Readonly<Record<string, number>>): void {
    for (const [point, count] of Object.entries(counts))
      this.#counts.set(point, Math.max(count, this.#counts.get(point) ?? 0))
  }

  /** A point whose turn it is, at a crossing drawn by chance. Null while no point is known. */
  next(): KillPlan | null {
    const points = [...this.#counts.keys()]
    if (points.length === 0) return null
    const due = (point: string): number => Math.max(this.#kills.get(point) ?? 0, this.#turns.get(point) ?? 0)
    const least = Math.min(...points.map(due))
    const open = points.filter((point) => due(point) === least)
    const point = open[Math.floor(this.#random() * open.length)] as string
    this.#turns.set(point, (this.#turns.get(point) ?? 0) + 1)
    const crossings = [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
    return {
      point,
      // The first half: a later life may come there less often than the one that was counted.
      nth: 1 + Math.floor(this.#random() * Math.ceil((this.#counts.get(point) ?? 1) / 2)),
      latest: Math.max(1, Math.floor(crossings * 0.6)),
    }
  }

  get known(): readonly string[] {
    return [...this.#counts.keys()]
  }
}

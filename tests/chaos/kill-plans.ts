import type { KillPlan } from './crossings.ts'

/** Where was killed already, whatever lanes were at work; shared by the plans of one proof. */
export class KilledPoints {
  readonly #kills = new Map<string, number>()
  readonly #misses = new Map<string, number>()

  add(point: string): void {
    this.#kills.set(point, this.kills(point) + 1)
  }

  /** The process came through without crossing the point so often. */
  miss(point: string): void {
    this.#misses.set(point, this.misses(point) + 1)
  }

  kills(point: string): number {
    return this.#kills.get(point) ?? 0
  }

  misses(point: string): number {
    return this.#misses.get(point) ?? 0
  }

  get size(): number {
    return this.#kills.size
  }
}

/** Chooses where to kill next, so that every point gets its turn before any gets a second one. */
export class KillPlans {
  /** How often each point was crossed in one life, at the most that was seen. */
  readonly #counts = new Map<string, number>()
  readonly #killed: KilledPoints
  readonly #random: () => number

  /** @param random Uniform in [0, 1). */
  constructor(killed: KilledPoints, random: () => number) {
    this.#killed = killed
    this.#random = random
  }

  learn(counts: Readonly<Record<string, number>>): void {
    for (const [point, count] of Object.entries(counts))
      this.#counts.set(point, Math.max(count, this.#counts.get(point) ?? 0))
  }

  /**
   * A point where was killed least, at a crossing drawn by chance; at the first crossing where chance went too far before.
   * Null while no point is known.
   */
  next(): KillPlan | null {
    const points = [...this.#counts.keys()]
    if (points.length === 0) return null
    const turns = (point: string): number => 2 * this.#killed.kills(point) + this.#killed.misses(point)
    const least = Math.min(...points.map(turns))
    const open = points.filter((point) => turns(point) === least)
    const point = open[Math.floor(this.#random() * open.length)] as string
    const count = this.#killed.misses(point) > 0 ? 1 : (this.#counts.get(point) ?? 1)
    return { point, nth: 1 + Math.floor(this.#random() * count) }
  }

  get known(): readonly string[] {
    return [...this.#counts.keys()]
  }
}

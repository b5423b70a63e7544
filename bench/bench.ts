/** What a benchmark is told on the command line. */
export interface BenchArguments {
  /** `--name value`, as a number; the fallback without it. */
  readonly number: (name: string, fallback: number) => number
  readonly flag: (name: string) => boolean
  /** One line of progress for the person who waits; silent on standard output. */
  readonly say: (line: string) => void
}

export type Figure = number | string | null

export interface BenchReport {
  /** What was done, in one line. */
  readonly load: string
  readonly runs: number
  /** Named as in the claim; times in ms, sizes in MB, medians over the runs. */
  readonly figures: Readonly<Record<string, Figure>>
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[]
}

/** One claim about speed, measured against yardsticks in the same run. */
export interface Bench {
  readonly claim: string
  readonly run: (args: BenchArguments) => Promise<BenchReport>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function rounded(value: number, digits = 0): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}

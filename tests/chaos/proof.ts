/** What one proof is asked for. */
export interface ProofRequest {
  /** Null takes the proof's own number. */
  readonly rounds: number | null
  /** Fewer people and blows, for the tests. */
  readonly isShort?: boolean
  /** What Siar logs is appended to it; null throws it away. */
  readonly logFile: string | null
  /** Progress, on standard error. */
  readonly say: (line: string) => void
}

/** Zeros that must show; anything else is a broken promise. */
export interface MustBeZero {
  readonly name: string
  readonly count: number
}

/** What a proof found. Counts of messages come from the simulated network's own record. */
export interface ProofResult {
  readonly rounds: number
  /** People who saw a message. */
  readonly sent: number
  /** People nobody told of: no frame reached them, and Siar does not say that it does not know. */
  readonly lost: number
  /** People who saw a message twice, or whom two frames reached where the channel does not dedupe. */
  readonly duplicated: number
  /** People of whom Siar says that it does not know, after all receipts came. */
  readonly unknown: number
  /** Times one sender lived in two processes at once; null where there is one process only. */
  readonly liveTwice: number | null
  /** The longest time from the loss of an owner to the session of the next one; null where nobody takes over. */
  readonly takeoverMs: number | null
  /** More figures of this proof. */
  readonly details: Readonly<Record<string, unknown>>
  /** What was done, in one line. */
  readonly load: string
  readonly mustBeZero: readonly MustBeZero[]
}

export type Proof = (request: ProofRequest) => Promise<ProofResult>

/** The zeros that do not hold. */
export function brokenPromises({ mustBeZero }: ProofResult): string[] {
  return mustBeZero.filter(({ count }) => count !== 0).map(({ name, count }) => `${name}: ${count}`)
}

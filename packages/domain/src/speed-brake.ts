/** How far a channel has asked a sender to slow down: the share of its full speed after the last complaint. */
export type SpeedBrake = { readonly share: number; readonly atMs: number }

export const noBrake: SpeedBrake = { share: 1, atMs: -Infinity }

/** Complaints about what was in flight together count as one. */
const burstMs = 10_000
const recoverEveryMs = 60_000
const recoverStep = 0.125
const shareMin = 1 / 64

/** Halves the speed. Complaints within 10 s of one another are one. */
export function slowDown(brake: SpeedBrake, nowMs: number): SpeedBrake {
  const sinceMs = nowMs - brake.atMs
  if (sinceMs >= 0 && sinceMs < burstMs) return brake
  return { share: Math.max(shareMin, speedShare(brake, nowMs) / 2), atMs: nowMs }
}

/**
 * The share of its full speed a sender may go at now, in (0, 1]: an eighth more with each minute without a complaint, as
 * networks recover from congestion (halve at once, recover step by step). A clock that was set back ends no brake early.
 */
export function speedShare({ share, atMs }: SpeedBrake, nowMs: number): number {
  const steps = Math.floor(Math.max(0, nowMs - atMs) / recoverEveryMs)
  return steps === Infinity ? 1 : Math.min(1, share + steps * recoverStep)
}

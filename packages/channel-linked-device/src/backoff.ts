export interface BackoffLimits {
  readonly delayMsMin: number
  readonly delayMsMax: number
}

/**
 * How long to wait before connecting again: doubles with every try, between half and the whole of it, so that senders that
 * fell together do not rise together.
 *
 * @param tries Failures in a row, from 1. @param random 0–1.
 */
export function backoffMs(tries: number, random: number, { delayMsMin, delayMsMax }: BackoffLimits): number {
  const whole = Math.min(delayMsMax, delayMsMin * 2 ** Math.min(tries - 1, 30))
  return Math.round(whole * (0.5 + random / 2))
}

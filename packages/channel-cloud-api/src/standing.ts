import type { NumberStanding } from '@siar/channel'
import { asInteger, asText } from './json.ts'

const qualities = { GREEN: 'green', YELLOW: 'yellow', RED: 'red' } as const

export function readQuality(value: unknown): NumberStanding['quality'] {
  const name = asText(value)
  return name !== null && name in qualities ? qualities[name as keyof typeof qualities] : null
}

/** `TIER_50`, `TIER_2K`, `TIER_100K`, `TIER_UNLIMITED`, or a number where -1 is no limit. */
export function readMessagingLimit(value: unknown): number | null {
  const number = asInteger(value)
  if (number !== null) return number === -1 ? Infinity : Math.max(0, number)
  const text = asText(value)
  if (text === 'TIER_UNLIMITED') return Infinity
  const tier = /^TIER_(\d{1,6})(K?)$/.exec(text ?? '')
  return tier === null ? null : Number(tier[1]) * (tier[2] === 'K' ? 1_000 : 1)
}

/** Source: Meta, throughput of Cloud API: 80 messages a second, 1,000 at the higher level. */
export function readThroughput(level: unknown): number | null {
  if (level === 'STANDARD') return 80
  return level === 'HIGH' ? 1_000 : null
}

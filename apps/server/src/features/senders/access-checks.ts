import { asksAccess } from '@siar/contract'
import type { AccessCheck, SenderSecretChanges, SenderSettings } from '@siar/contract'
import type { ChannelKind } from '@siar/domain'

export interface AccessToTry {
  readonly settings: SenderSettings
  /** Of the channel that is tried, by name. */
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * Tries live what a person entered, one answer for each value. Rejects when the service cannot be reached; keeps nothing.
 */
export type AccessCheckOf = (access: AccessToTry, signal: AbortSignal) => Promise<readonly AccessCheck[]>

/** Channels without an entry have nothing to try: a phone pairs them. */
export type AccessChecks = ReadonlyMap<ChannelKind, AccessCheckOf>

/** The secrets of one channel, by name, as they are kept. */
export function secretsOf(
  channel: ChannelKind,
  secrets: SenderSecretChanges | undefined,
): Record<string, string> {
  const own = asksAccess(channel) ? secrets?.[channel] : undefined
  return Object.fromEntries(
    Object.entries(own ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

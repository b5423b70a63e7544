import type { ChannelKind } from './sender.ts'

/**
 * How a sender is held back: `paced` one by one with pauses, caps and warm-up, as a phone writes; `per_second` by a rate, as the
 * official channel counts; `unlimited` for a simulator that is not told to obey. Source: product.md K4; channels.md §1, §5.
 */
export type SpeedRule = 'paced' | 'per_second' | 'unlimited'

/** @param obeys Whether a simulator was told to obey limits; without meaning for other channels. */
export function speedRuleOf(channel: ChannelKind, obeys: boolean): SpeedRule {
  if (channel === 'cloud_api') return 'per_second'
  return channel === 'simulator' && !obeys ? 'unlimited' : 'paced'
}

/** What Meta gives to a number before an upgrade. Source: channels.md §1. */
export const messagesPerSecondUsual = 80

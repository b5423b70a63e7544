import type { Channel } from '@siar/channel'
import type { ChannelKind } from '@siar/domain'
import type { Simulator } from '@siar/simulator'
import type { Config } from '../config.ts'
import type { AccessChecks, Channels, Webhooks } from '../features/senders/index.ts'
import { connectSimulator } from './simulator.ts'

/** Every way of this process to WhatsApp. Nothing connects before a sender is opened. */
export interface ChannelSet {
  readonly channels: Channels
  readonly simulator: Simulator
  close(): Promise<void>
}

/** @param simulator The way to the simulated network; what runs Siar in a test may watch or break it. */
export function buildChannels(config: Config, simulator: Simulator = connectSimulator(config)): ChannelSet {
  const channels = new Map<ChannelKind, Channel>([['simulator', simulator.channel]])
  return { channels, simulator, close: () => simulator.close() }
}

/** How what a person enters for a channel is tried live. */
export function buildAccessChecks(): AccessChecks {
  return new Map()
}

/** How the webhooks of channels are read; needs no connection, so processes without senders take them too. */
export function buildWebhooks(): Webhooks {
  return new Map()
}

import type { Channel } from '@siar/channel'
import { cloudApiWebhook, createCloudApiChannel } from '@siar/channel-cloud-api'
import { createLinkedDeviceChannel } from '@siar/channel-linked-device'
import { createWahaChannel, createWahaWebhook } from '@siar/channel-waha'
import { createWebBrowserChannel } from '@siar/channel-web-browser'
import type { ChannelKind } from '@siar/domain'
import type { Simulator } from '@siar/simulator'
import type { Config } from '../config.ts'
import type { Channels, Webhooks } from '../features/senders/index.ts'
import { webhookUrl } from '../features/senders/index.ts'
import { buildBrowsers } from './browsers.ts'
import { connectSimulator } from './simulator.ts'
import type { StandIns } from './stand-ins.ts'

/** Every way of this process to WhatsApp. Nothing connects before a sender is opened. */
export interface ChannelSet {
  readonly channels: Channels
  readonly simulator: Simulator
  close(): Promise<void>
}

/** @param simulator The way to the simulated network; what runs Siar in a test may watch or break it. */
export function buildChannels(
  config: Config,
  simulator: Simulator = connectSimulator(config),
  standIns: StandIns = {},
): ChannelSet {
  const { graphApiUrl, linkedDevice, webPageUrlOf } = standIns
  const linked = createLinkedDeviceChannel(linkedDevice ? { standIn: linkedDevice } : {})
  const all: readonly Channel[] = [
    simulator.channel,
    createCloudApiChannel(graphApiUrl === undefined ? {} : { baseUrl: graphApiUrl }),
    linked,
    createWebBrowserChannel({
      browsers: buildBrowsers(config),
      ...(webPageUrlOf === undefined ? {} : { pageUrl: webPageUrlOf }),
    }),
    createWahaChannel({ webhookUrlOf: (senderId) => webhookUrl(config.publicUrl, 'waha', senderId) }),
  ]
  return {
    channels: new Map<ChannelKind, Channel>(all.map((channel) => [channel.kind, channel])),
    simulator,
    close: async () => {
      await linked.close()
      await simulator.close()
    },
  }
}

/** How the webhooks of channels are read; needs no connection, so processes without senders take them too. */
export function buildWebhooks(): Webhooks {
  return new Map([
    ['cloud_api', cloudApiWebhook],
    ['waha', createWahaWebhook(() => new Date())],
  ])
}

import { ChannelUnavailable } from '@siar/channel'
import type { Channel, Session } from '@siar/channel'
import { directoryOf } from './acquaintances.ts'
import type { Acquaintances } from './acquaintances.ts'
import type { SimulatorControl } from './control.ts'
import type { NetworkSession, SimulatedNetwork } from './network.ts'
import { capabilitiesOf, defaultSimulatorSettings } from './simulator-settings.ts'

/** A channel to a simulated network and the hands on it: in this process or over HTTP, used alike. */
export interface Simulator {
  readonly channel: Channel
  readonly control: SimulatorControl
  close(): Promise<void>
}

/** What a simulated sender has not: approved templates, page or webhooks. */
export const plainSession = {
  templates: null,
  screenshot: null,
  markRead: async () => undefined,
  takeWebhooks: async () => undefined,
} as const

/** Whom a session knows; null while its line is down. */
export function askAcquaintances(session: NetworkSession): Acquaintances | null {
  const status = session.status()
  return status === 'online' || status === 'restricted' ? session.acquaintances() : null
}

/** The channel to a network in this process. Closing it closes the network. */
export function createSimulator(network: SimulatedNetwork): Simulator {
  const channel: Channel = {
    kind: 'simulator',
    capabilities: capabilitiesOf(defaultSimulatorSettings),
    webhook: null,
    open: async ({ senderId, phone, settings }, listener): Promise<Session> => {
      const session = network.open({ senderId, phone, settings }, listener)
      return {
        ...plainSession,
        senderId,
        capabilities: session.capabilities,
        directory: directoryOf(async () => {
          const acquaintances = askAcquaintances(session)
          if (acquaintances === null) throw new ChannelUnavailable('not_connected')
          return acquaintances
        }),
        send: session.send,
        showTyping: async () => session.showTyping(),
        markRead: async () => session.markRead(),
        download: async (ref, bytesMax) => {
          const file = session.download(ref)
          return file && file.data.byteLength <= bytesMax ? file : null
        },
        close: async () => session.close(),
        logOut: async () => session.logOut(),
      }
    },
  }
  return { channel, control: network.control, close: () => network.close() }
}

const timerMsMax = 2_147_483_647

/** Real time for a network, by `setTimeout`. Holds the process open until the network is closed. */
export function realSchedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, Math.min(delayMs, timerMsMax))
  return () => clearTimeout(timer)
}

import type { StandIn as LinkedDeviceStandIn } from '@siar/channel-linked-device'
import { z } from 'zod'
import type { Config } from '../config.ts'

/** Other servers than WhatsApp's, for rehearsals; empty in real use. */
export interface StandIns {
  readonly graphApiUrl?: string
  readonly linkedDevice?: LinkedDeviceStandIn
  /** The page of one sender. */
  readonly webPageUrlOf?: (senderId: string) => string
}

const Server = z.object({ url: z.url() }).catchall(z.string())
const Servers = z.object({
  'graph-api': Server.optional(),
  'linked-device': Server.optional(),
  'web-page': Server.optional(),
})

const askMs = 10_000

/**
 * Asks the simulator at `STAND_INS_URL` for its servers; without that setting channels reach WhatsApp itself.
 *
 * @throws Error when it is set and nothing answers there: nobody may believe in a rehearsal that is none.
 */
export async function findStandIns({ standInsUrl }: Pick<Config, 'standInsUrl'>): Promise<StandIns> {
  if (standInsUrl === null) return {}
  const answer = await fetch(`${standInsUrl}/v1/servers`, { signal: AbortSignal.timeout(askMs) })
  const servers = Servers.parse(await answer.json())
  const { 'graph-api': graph, 'linked-device': device, 'web-page': page } = servers
  return {
    ...(graph ? { graphApiUrl: graph.url } : {}),
    ...(device ? { linkedDevice: toLinkedDevice(device) } : {}),
    ...(page
      ? { webPageUrlOf: (senderId: string) => `${page.url}/?account=${encodeURIComponent(senderId)}` }
      : {}),
  }
}

function toLinkedDevice(server: z.output<typeof Server>): LinkedDeviceStandIn {
  return {
    url: server.url,
    rootPublicKey: Buffer.from(server['rootPublicKey'] ?? '', 'base64'),
    mediaCertificatePem: server['mediaCertificatePem'] ?? '',
  }
}

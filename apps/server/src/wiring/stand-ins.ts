import type { StandIn as LinkedDeviceStandIn } from '@siar/channel-linked-device'
import { z } from 'zod'
import type { Config } from '../config.ts'

/** Other servers than WhatsApp's, for rehearsals; empty in real use. */
export interface StandIns {
  readonly graphApiUrl?: string
  readonly linkedDevice?: LinkedDeviceStandIn
  readonly webPageUrl?: string
}

const Listed = z.object({
  data: z.array(z.object({ kind: z.string(), url: z.url(), access: z.record(z.string(), z.string()) })),
})

const askMs = 10_000

/**
 * Asks the simulator at `STAND_INS_URL` for its servers; without that setting channels reach WhatsApp itself.
 *
 * @throws Error when it is set and nothing answers there: nobody may believe in a rehearsal that is none.
 */
export async function findStandIns({ standInsUrl }: Pick<Config, 'standInsUrl'>): Promise<StandIns> {
  if (standInsUrl === null) return {}
  const answer = await fetch(`${standInsUrl}/v1/stand-ins`, { signal: AbortSignal.timeout(askMs) })
  const { data } = Listed.parse(await answer.json())
  const find = (kind: string) => data.find((one) => one.kind === kind)
  const [graph, device, page] = [find('graph-api'), find('linked-device'), find('web-page')]
  return {
    ...(graph ? { graphApiUrl: graph.url } : {}),
    ...(device ? { linkedDevice: toLinkedDevice(device) } : {}),
    ...(page ? { webPageUrl: page.url } : {}),
  }
}

function toLinkedDevice({ url, access }: z.output<typeof Listed>['data'][number]): LinkedDeviceStandIn {
  return {
    url,
    rootPublicKey: Buffer.from(access['rootPublicKey'] ?? '', 'base64'),
    mediaCertificatePem: access['mediaCertificatePem'] ?? '',
  }
}

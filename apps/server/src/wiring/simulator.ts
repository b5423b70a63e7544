import type { Simulator, SimulatorServer, StartStandIn } from '@siar/simulator'
import {
  createFileRecord,
  createMemoryRecord,
  createRemoteSimulator,
  createSimulatedNetwork,
  createSimulator,
  createSimulatorServer,
  graphApiStandIn,
  realSchedule,
  startStandIns,
  wahaStandIn,
  webPageStandIn,
} from '@siar/simulator'
import { join } from 'node:path'
import type { Config } from '../config.ts'

export type { SimulatorServer }

/** The clock of the simulated people runs faster, so that a demo is not spent waiting. Source: channels.md §5. */
const TIME_SCALE = 60

/** The simulated WhatsApp network: inside this process, or the one at `SIMULATOR_URL`. */
export function connectSimulator(config: Config): Simulator {
  if (config.simulatorUrl) return createRemoteSimulator(config.simulatorUrl)
  const record = createFileRecord(join(config.dataDir, 'simulator-frames.jsonl'))
  return createSimulator(
    createSimulatedNetwork({
      seed: 'siar',
      now: () => new Date(),
      schedule: realSchedule,
      record,
      defaults: { timeScale: TIME_SCALE },
    }),
  )
}

export interface SimulatorServerOptions {
  /** Of the control; the other servers take the ports after it. 0 takes free ones. */
  readonly port: number
  /** Only addresses of this machine keep strangers out: there is no log-in. */
  readonly host: string
  /** Fixes how every person behaves. */
  readonly seed: string
  readonly timeScale: number
  /** Every frame is appended to this file; without it frames are kept in memory. */
  readonly recordFile: string | undefined
}

/** The stand-in of linked devices; loaded only here, because of the licence of what it imports. */
const linkedDeviceStandIn: StartStandIn = async ({ network, port }) => {
  const { startLinkedDeviceServer } = await import('@siar/simulator-linked-device')
  const server = await startLinkedDeviceServer({ network, port })
  const { control } = server
  return {
    kind: 'linked-device',
    title: 'Linked devices (WebSocket)',
    url: server.url,
    access: {
      rootPublicKey: Buffer.from(server.rootPublicKey).toString('base64'),
      mediaCertificatePem: server.media.certificatePem,
    },
    calls: {
      typeCode: (phone, code, senderId) =>
        control.typeCode(textOf(phone), textOf(code), optionalText(senderId)),
      hideNumber: (phone) => control.hideNumber(textOf(phone)),
      drop: (senderId) => control.drop(textOf(senderId)),
      oddities: () => control.oddities(),
    },
    scan: (data, phone, senderId) => control.scan(data, phone, senderId),
    close: () => server.close(),
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('a text is needed')
  return value
}

function optionalText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : textOf(value)
}

/** The simulated network with all its servers, for other processes' `SIMULATOR_URL` and for other projects. */
export async function serveSimulator(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const { port, host, seed, timeScale, recordFile } = options
  const record = recordFile ? createFileRecord(recordFile) : createMemoryRecord()
  const network = createSimulatedNetwork({
    seed,
    now: () => new Date(),
    schedule: realSchedule,
    record,
    defaults: { timeScale },
  })
  const starts = [graphApiStandIn, wahaStandIn(), linkedDeviceStandIn, webPageStandIn]
  const standIns = await startStandIns(starts, { network, host, port: port === 0 ? 0 : port + 1 })
  return createSimulatorServer({ network, port, host, standIns })
}

import type { Simulator, SimulatorServer } from '@siar/simulator'
import {
  createFileRecord,
  createMemoryRecord,
  createRemoteSimulator,
  createSimulatedNetwork,
  createSimulator,
  createSimulatorServer,
  realSchedule,
} from '@siar/simulator'
import { join } from 'node:path'
import type { Config } from '../config.ts'

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
  readonly port: number
  /** Fixes how every person behaves. */
  readonly seed: string
  readonly timeScale: number
  /** Every frame is appended to this file; without it frames are kept in memory. */
  readonly recordFile: string | undefined
}

/** The simulated network as a server, for other processes' `SIMULATOR_URL`. */
export async function serveSimulator(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const record = options.recordFile ? createFileRecord(options.recordFile) : createMemoryRecord()
  const network = createSimulatedNetwork({
    seed: options.seed,
    now: () => new Date(),
    schedule: realSchedule,
    record,
    defaults: { timeScale: options.timeScale },
  })
  return createSimulatorServer({ network, port: options.port })
}

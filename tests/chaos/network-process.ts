/** The simulated WhatsApp network as a process of its own that outlives every Siar: `node network-process.ts FRAMES SESSIONS DOORS`. */
import {
  createFileRecord,
  createSimulatedNetwork,
  createSimulatorServer,
  realSchedule,
} from '@siar/simulator'
import { SessionMemory } from './network.ts'

const [framesFile, sessionsFile, doors] = process.argv.slice(2)
if (framesFile === undefined || sessionsFile === undefined)
  throw new Error('Name the files of frames and sessions')

/** Everybody is reachable and nobody opts out, so that whoever got nothing was lost by Siar. */
const shares = { onWhatsApp: 1, replies: 0.1, optsOut: 0, blocks: 0, readsLate: 0, neverReads: 0 }
const network = createSimulatedNetwork({
  seed: 'chaos',
  now: () => new Date(),
  schedule: realSchedule,
  record: createFileRecord(framesFile),
  shares,
})
const memory = new SessionMemory(sessionsFile)
const servers = await Promise.all(
  Array.from({ length: Number(doors ?? 1) }, (_, door) =>
    createSimulatorServer({ network: memory.door(network, door), port: 0 }),
  ),
)
process.on('disconnect', () => process.exit(0))
process.send?.({ kind: 'listening', urls: servers.map(({ url }) => url) })

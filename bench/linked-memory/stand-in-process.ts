import { createMemoryRecord, createSimulatedNetwork, realSchedule } from '@siar/simulator'
import { startLinkedDeviceServer } from '@siar/simulator-linked-device'
import { keptBy } from './kept-by.ts'
import type { StandInReady } from './kept-by.ts'

/** WhatsApp's side in a process of its own, so that its memory does not count. Its argument says how many senders. */
const senders = Number(process.argv[2])
const network = createSimulatedNetwork({
  seed: 'memory',
  now: () => new Date(),
  schedule: realSchedule,
  record: createMemoryRecord({ framesMax: 0 }),
  shares: { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0 },
})
const server = await startLinkedDeviceServer({ network, port: 0 })
const linked = Array.from({ length: senders }, (_, index) => {
  const senderId = `snd_${index}`
  return { senderId, kept: keptBy(server.control.link(senderId, `+62895${String(index).padStart(8, '0')}`)) }
})
const ready: StandInReady = {
  url: server.url,
  rootPublicKey: Buffer.from(server.rootPublicKey).toString('base64'),
  mediaCertificatePem: server.media.certificatePem,
  linked,
}
process.send?.(ready)
process.on('disconnect', () => process.exit(0))

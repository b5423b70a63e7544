import { runChannelKit } from '@siar/channel/testing'
import { createMemoryRecord } from './frame-record.ts'
import { createSimulatedNetwork } from './network.ts'
import type { SimulatedNetwork } from './network.ts'
import { createRemoteSimulator } from './remote-simulator.ts'
import { createSimulator, realSchedule } from './simulator-channel.ts'
import { createSimulatorServer } from './simulator-server.ts'
import { buildHarness } from './testing/harness.ts'

function buildNetwork(): SimulatedNetwork {
  return createSimulatedNetwork({
    seed: 'kit',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
  })
}

const both = { dedupesOurId: true, echoesOurId: true }
const neither = { dedupesOurId: false, echoesOurId: false }

for (const [name, modes] of Object.entries({
  'ids deduped and echoed': both,
  'ids worth nothing': neither,
})) {
  runChannelKit(`simulator in process, ${name}`, async () => {
    const simulator = createSimulator(buildNetwork())
    return buildHarness(simulator, modes, () => simulator.close())
  })

  runChannelKit(`simulator over HTTP, ${name}`, async () => {
    const server = await createSimulatorServer({ network: buildNetwork(), port: 0 })
    const simulator = createRemoteSimulator(server.url)
    return buildHarness(simulator, modes, async () => {
      await simulator.close()
      await server.close()
    })
  })
}

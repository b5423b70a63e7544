import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildSendingWorld, createCalmNetwork } from './rig.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })

test('a message that was on its way when the backup was made is unknown and never sent again, also where ids are deduped', async () => {
  const world = await buildSendingWorld(database)
  const { shop, startRig, untilFigures } = world
  const simulator = createCalmNetwork()
  await simulator.control.addRule({ end: { kind: 'hangs', shown: false } })
  const settings = { simulator: { dedupesOurId: true } }
  const dead = await startRig({ simulator, settings })
  const senderId = await dead.openSender(settings)
  await shop.addContacts(4)
  const { id } = await shop.draft()
  await shop.start(id)
  await waitUntil(async () => ((await shop.statuses(id))['dispatching'] ?? 0) === 4)
  await dead.kill()
  await simulator.control.clearRules()
  await shop.query(`update attempts set reason = 'restored' where workspace_id = $1`, [shop.workspaceId])
  await startRig({ simulator, senderId, settings, epoch: 2 })
  await untilFigures(id, { unknown: 4, sent: 0, queued: 0 })
  expect((await simulator.control.counts()).frames).toBe(0)
  expect(await shop.reasons(id)).toEqual({ restored: 4 })
  await shop.expectFiguresToAddUp(id)
  await world.close()
})

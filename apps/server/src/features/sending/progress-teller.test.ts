import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { ProgressTeller } from './progress-teller.ts'

const core = createTestCore(await testDatabase())

test('a few campaigns are named, once each; one event stands for many', async () => {
  const teller = new ProgressTeller(core, 'ws_a')
  teller.touch(['cmp_1', 'cmp_2'])
  teller.touch(['cmp_2', ''])
  await waitUntil(() => core.events.length > 0)
  expect(core.events.splice(0)).toEqual([
    { kind: 'campaign.progress', workspaceId: 'ws_a', id: 'cmp_1' },
    { kind: 'campaign.progress', workspaceId: 'ws_a', id: 'cmp_2' },
  ])
  teller.touch(Array.from({ length: 300 }, (_, index) => `cmp_${index}`))
  await waitUntil(() => core.events.length > 0)
  expect(core.events).toEqual([{ kind: 'campaign.progress', workspaceId: 'ws_a' }])
  teller.close()
})

import { testDatabase } from '@siar/test-kit'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createImportService, importJobBindings, scheduleImportJobs } from './index.ts'

const base = createTestCore(await testDatabase())
let isQueueLost = false
const core = {
  ...base,
  jobs: {
    ...base.jobs,
    add: async (...added: Parameters<typeof base.jobs.add>) => {
      if (isQueueLost) throw new Error('Connection terminated unexpectedly')
      await base.jobs.add(...added)
    },
  },
}
const imports = createImportService(core)
await base.jobs.work(importJobBindings(imports))
await scheduleImportJobs(base.jobs)

test('an import whose job was lost between its start and the queue goes on by itself', async () => {
  const workspaceId = await buildWorkspace(core)
  const actor = buildActor(core)
  const content = Readable.from([Buffer.from('0812-3456-7890\n0813-3456-7891\n')])
  const { id } = await imports.upload(workspaceId, actor, { fileName: 'numbers.csv', content })
  const options = {
    mapping: ['phone'],
    hasHeader: false,
    consentWording: '',
    existing: 'fill_empty' as const,
    listIds: [],
    newListName: '',
    tagIds: [],
  }
  isQueueLost = true
  await expect(imports.start(workspaceId, actor, id, options)).rejects.toThrow('Connection terminated')
  isQueueLost = false
  expect((await imports.get(workspaceId, id)).status).toBe('running')
  await base.jobs.tick()
  await base.jobs.drain()
  expect(await imports.get(workspaceId, id)).toMatchObject({ status: 'completed', valid: 2 })
})

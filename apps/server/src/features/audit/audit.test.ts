import { parse } from 'csv-parse/sync'
import { testDatabase } from '@siar/test-kit'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { Core } from '../../core.ts'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createAuditService, writeAudit } from './index.ts'

const database = await testDatabase()

async function build() {
  const edges = createTestCore(database)
  const core: Core = { ...edges, audit: (scope, record) => writeAudit(edges, scope, record) }
  const workspaceId = await buildWorkspace(core)
  const actor = { ...buildActor(core), name: 'Sari' }
  const write = async (action: string, details = {}) => {
    await edges.clock.advanceBy(1)
    await core.inWorkspace(workspaceId, (scope) => core.audit(scope, { actor, action, details }))
  }
  return { core, workspaceId, actor, write, service: createAuditService(core) }
}

test('pages run through the whole log, newest first, without a gap or a double', async () => {
  const { service, workspaceId, write } = await build()
  for (let index = 0; index < 5; index += 1) await write(`campaign.step${index}`)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await service.list(workspaceId, { limit: 2, cursor })
    seen.push(...page.data.map((entry) => entry.action))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual([4, 3, 2, 1, 0].map((index) => `campaign.step${index}`))
})

test('filters by action, by actor and by time', async () => {
  const { core, service, workspaceId, write } = await build()
  await write('campaign.start')
  const between = new Date(core.now().getTime() + 1).toISOString()
  await write('member.remove')
  const actions = async (query: object) =>
    (await service.list(workspaceId, { limit: 50, ...query })).data.map((entry) => entry.action)
  expect(await actions({ action: 'campaign' })).toEqual(['campaign.start'])
  expect(await actions({ action: 'member.remove' })).toEqual(['member.remove'])
  expect(await actions({ actor: 'sar' })).toHaveLength(2)
  expect(await actions({ actor: 'somebody else' })).toEqual([])
  expect(await actions({ from: between })).toEqual(['member.remove'])
  expect(await actions({ to: between })).toEqual(['campaign.start'])
  await expect(actions({ from: 'yesterday' })).rejects.toThrow('validation_failed')
  await expect(actions({ cursor: 'W10' })).rejects.toThrow('validation_failed')
})

test('the export holds every row, and no cell that a spreadsheet would run', async () => {
  const { core, service, workspaceId, actor, write } = await build()
  const crafted = { ...actor, name: '=HYPERLINK("http://evil")' }
  await write('campaign.start', { note: 'comma, "quote"' })
  await core.inWorkspace(workspaceId, (scope) => core.audit(scope, { actor: crafted, action: '@SUM(1)' }))
  const csv = await text(await service.exportCsv(workspaceId, actor, {}))
  const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true })
  expect(rows.map((row) => row['action'])).toEqual(
    expect.arrayContaining(["'@SUM(1)", 'campaign.start', 'audit.export']),
  )
  expect(rows.map((row) => row['actorName'])).toContain(`'=HYPERLINK("http://evil")`)
  expect(csv).not.toMatch(/(^|,|")[=@+]/m)
})

test('nobody changes the log: not the workspace, not the system', async () => {
  const { core, workspaceId, write } = await build()
  await write('campaign.start')
  for (const statement of [`update audit_log set action = 'nothing'`, 'delete from audit_log']) {
    await expect(core.inWorkspace(workspaceId, (scope) => scope.execute(statement))).rejects.toThrow(
      'permission denied',
    )
    await expect(core.inSystem((scope) => scope.execute(statement))).rejects.toThrow('append-only')
  }
})

test('a workspace sees neither the log of another nor that of the installation', async () => {
  const { core, actor, write } = await build()
  await write('campaign.start')
  await core.inSystem((scope) => core.audit(scope, { actor, action: 'settings.update' }))
  const foreign = await buildWorkspace(core)
  const page = await createAuditService(core).list(foreign, { limit: 50 })
  expect(page.data).toEqual([])
})

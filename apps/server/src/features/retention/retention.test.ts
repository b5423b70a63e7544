import type { BodyOf, workspaceOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createImportService } from '../imports/index.ts'
import { createWorkspacesService } from '../workspaces/index.ts'
import { createRetention } from './retention.service.ts'

type Rules = NonNullable<NonNullable<BodyOf<typeof workspaceOperations.update>['settings']>['retention']>

const database = await testDatabase()
const core = createTestCore(database)
const { clock } = core
const retention = createRetention(core)
const imports = createImportService(core)
const workspaces = createWorkspacesService(core, () => Promise.reject(new Error('no demo')))
const owner = buildActor(core)
const dayMs = 86_400_000

let workspaceId: WorkspaceId
beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

const keep = (rules: Partial<Rules>) =>
  workspaces.update(workspaceId, owner, {
    settings: { retention: { messages: 0, imports: 0, records: 0, ...rules } },
  })
const carryOut = () => retention.carryOut(new AbortController().signal)

async function addMessage(id: WorkspaceId, text: string): Promise<string> {
  const key = core.newId('msg')
  await database.pool.query(
    `insert into messages (id, workspace_id, sender_id, direction, text, media_id, at) values ($1, $2, 'snd_x', 'out', $3, 'med_x', $4)`,
    [key, id, text, clock.now()],
  )
  return key
}

async function textsOf(id: WorkspaceId): Promise<(string | null)[][]> {
  const { rows } = await database.pool.query<{ text: string; media_id: string | null }>(
    'select text, media_id from messages where workspace_id = $1 order by at, id',
    [id],
  )
  return rows.map(({ text, media_id }) => [text, media_id])
}

describe('messages', () => {
  test('lose text and file after their days, and only in the workspace that asks for it', async () => {
    const other = await buildWorkspace(core)
    await keep({ messages: 30 })
    for (const id of [workspaceId, other]) await addMessage(id, 'old')
    await clock.advanceBy(20 * dayMs)
    await addMessage(workspaceId, 'younger')
    await clock.advanceBy(10 * dayMs + 1)
    await carryOut()
    expect(await textsOf(workspaceId)).toEqual([
      ['', null],
      ['younger', 'med_x'],
    ])
    expect(await textsOf(other)).toEqual([['old', 'med_x']])
    expect(core.audits.at(-1)).toMatchObject({
      action: 'workspace.retention',
      details: { messages: 1, imports: 0, records: 0 },
    })
  })

  test('that were stored late with an earlier time lose it in the next round', async () => {
    await keep({ messages: 30 })
    await addMessage(workspaceId, 'old')
    await clock.advanceBy(40 * dayMs)
    await carryOut()
    await database.pool.query(`update messages set text = 'late' where workspace_id = $1`, [workspaceId])
    await database.pool.query(`update messages set at = at + interval '9 days' where workspace_id = $1`, [
      workspaceId,
    ])
    await carryOut()
    expect(await textsOf(workspaceId)).toEqual([['', null]])
  })

  test('are more than one statement takes', async () => {
    await keep({ messages: 30 })
    await database.pool.query(
      `insert into messages (id, workspace_id, sender_id, direction, text, at)
       select 'msg_many' || n, $1, 'snd_x', 'out', 'x', $2 from generate_series(1, 4500) n`,
      [workspaceId, clock.now()],
    )
    await clock.advanceBy(31 * dayMs)
    await carryOut()
    expect(new Set((await textsOf(workspaceId)).map(([text]) => text))).toEqual(new Set(['']))
  })

  test('stay without a rule, and nothing is written down', async () => {
    await keep({})
    await addMessage(workspaceId, 'old')
    await clock.advanceBy(40 * dayMs)
    const before = core.audits.length
    await carryOut()
    expect(await textsOf(workspaceId)).toEqual([['old', 'med_x']])
    expect(core.audits).toHaveLength(before)
  })
})

describe('imports', () => {
  test('lose their file, their unused rows and the cells shown, and keep their figures', async () => {
    await keep({ imports: 7 })
    const content = Readable.from(['telepon,nama\n081234567890,Budi\nabc,Siti\n'])
    const done = await imports.importFile(workspaceId, owner, { fileName: 'people.csv', content })
    expect(done).toMatchObject({ status: 'completed', valid: 1, invalid: 1 })
    await clock.advanceBy(7 * dayMs + 1)
    await carryOut()
    const after = await imports.get(workspaceId, done.id)
    expect(after).toMatchObject({ status: 'completed', valid: 1, invalid: 1, storageKey: '' })
    expect(after.layout.columns.map(({ header, samples }) => [header, samples])).toEqual([
      ['telepon', []],
      ['nama', []],
    ])
    await expect(core.files.read(done.storageKey)).rejects.toThrow()
    await expect(imports.rejects(workspaceId, done.id, 'en')).rejects.toThrow('import_emptied')
    const { rows } = await database.pool.query('select 1 from import_rejects where workspace_id = $1', [
      workspaceId,
    ])
    expect(rows).toEqual([])
  })

  test('that were never started are cancelled', async () => {
    await keep({ imports: 7 })
    const content = Readable.from(['081234567890\n'])
    const { id } = await imports.upload(workspaceId, owner, { fileName: 'numbers.txt', content })
    await clock.advanceBy(8 * dayMs)
    await carryOut()
    expect(await imports.get(workspaceId, id)).toMatchObject({ status: 'cancelled', storageKey: '' })
  })
})

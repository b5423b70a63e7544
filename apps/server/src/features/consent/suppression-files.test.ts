import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createConsentService } from './index.ts'
import { readSuppressionText } from './suppression-file.ts'

const core = createTestCore(await testDatabase())
const consent = createConsentService(core)
const owner = buildActor(core)
let workspaceId = await buildWorkspace(core)

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

const take = (content: string, into = workspaceId) =>
  consent.suppressionFiles.importText(into, owner, { text: content, note: 'dari sistem lama' }, 'id')
const listed = async (from = workspaceId) => {
  const { rows } = await consent.listSuppressions(from, { limit: 100 })
  return rows
    .map(({ value, reason, note }) => [value, reason, note])
    .sort(([one = ''], [other = '']) => one.localeCompare(other))
}

test('numbers arrive however they are written, each once, and every other line is named with its reason', async () => {
  await consent.addSuppression(workspaceId, owner, { phone: '0812 0000 0001', note: 'minta' })
  const result = await take('0812-0000-0001\n62812 0000 0002;Budi\n+62 812 0000 0002\n\nhalo\n12\n')
  expect(result).toMatchObject({ added: 1, already: 1, repeated: 1, rejected: 2 })
  expect(result.rejects.map(({ row, text: shown }) => [row, shown])).toEqual([
    [5, 'halo'],
    [6, '12'],
  ])
  expect(result.rejects.every(({ reason }) => reason.length > 5)).toBe(true)
  expect(await listed()).toEqual([
    ['+6281200000001', 'manual', 'minta'],
    ['+6281200000002', 'manual', 'dari sistem lama'],
  ])
  expect(core.audits.at(-1)).toMatchObject({
    action: 'suppression.import',
    details: { added: 1, already: 1, rejected: 2 },
  })
  expect(JSON.stringify(core.audits.at(-1))).not.toContain('812')
})

test('an exported list goes into another workspace as it was, and no cell of it calculates', async () => {
  await take(
    'Nomor,Alasan,Catatan\n081200000001,Melaporkan spam,"=1+1, ""halo"""\n081200000002,unsubscribed,',
  )
  const csv = await text(await consent.suppressionFiles.exportCsv(workspaceId, owner, 'id'))
  expect(csv).toContain(`"'=1+1, ""halo"""`)
  expect(csv).not.toMatch(/(?:^|,)[=+@-]/m)
  const other = await buildWorkspace(core)
  expect(await take(csv, other)).toMatchObject({ added: 2, rejected: 0 })
  expect(await listed(other)).toEqual(await listed())
  expect(core.audits.some(({ action }) => action === 'suppression.export')).toBe(true)
})

test('reading never fails and loses no line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ maxLength: 30 }), { maxLength: 20 }), async (parts) => {
      const content = parts.map((part) => part.replace(/[\r\n\uFEFF]/g, '')).join('\n')
      const { lines, repeated, rejected } = await readSuppressionText(`081200000009\n${content}`, 'ID')
      const filled = content.split('\n').filter((line) => line.trim() !== '').length
      expect(lines.length + repeated + rejected.length).toBe(filled + 1)
    }),
    { numRuns: 200 },
  )
})

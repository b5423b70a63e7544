import { CONTACT_COLUMNS, contactExportOperations, contactOperations } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Language } from '../../../core.ts'
import { createTestApp } from '../../../testing/test-app.ts'
import { buildActor, buildWorkspace } from '../../../testing/test-core.ts'

const database = await testDatabase()
const world = await createTestApp(database)
const { core, services } = world
const { contacts, imports } = services
const owner = buildActor(core)
let workspaceId = await buildWorkspace(core)

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

type Columns = Parameters<typeof contacts.exportContacts>[2]['columns']
const everything: Columns = [...CONTACT_COLUMNS]
const exportAll = async (format: 'csv' | 'xlsx', columns = everything, language: Language = 'en') =>
  buffer(
    await contacts.exportContacts(
      workspaceId,
      owner,
      { selection: { filter: {} }, format, columns },
      language,
    ),
  )
const everybody = async (workspace = workspaceId) =>
  (await contacts.list(workspace, { sort: 'name', limit: 200 })).rows.map((row) => ({
    fullName: row.fullName,
    firstName: row.firstName,
    lastName: row.lastName,
    phone: row.phone,
    email: row.email,
    company: row.company,
    language: row.language,
    notes: row.notes,
    custom: row.custom,
    tags: row.tags.map(({ name }) => name),
  }))
const numbersOf = async (workspace: string) => {
  const { rows } = await database.pool.query<{ value: string }>(
    `select value from addresses where workspace_id = $1 order by value`,
    [workspace],
  )
  return rows.map(({ value }) => value)
}

async function addFields(): Promise<void> {
  for (const [label, type] of [
    ['Poin', 'number'],
    ['Lahir', 'date'],
    ['Anggota', 'yes_no'],
    ['Kota', 'text'],
  ] as const)
    await contacts.customFields.create(workspaceId, owner, { label, type, choices: [] })
}

/** People whose names, notes and companies are what a spreadsheet, a table or XML could stumble over. */
async function addPeople(): Promise<void> {
  await addFields()
  const tag = await contacts.groups.createTag(workspaceId, owner, { name: 'Pelanggan VIP', colour: 'teal' })
  const people = [
    { fullName: '=HYPERLINK("http://evil.example";"x")', company: '+1+1', notes: '@SUM(A1)\n-2' },
    { fullName: 'Siti, "Ayu" <b>&amp;', notes: 'baris satu\nbaris dua', email: 'siti@example.com' },
    { fullName: "'=berawal apostrof", company: '- minus' },
    { fullName: '\u202eterbalik\u200b', notes: 'x_x000D_y 😀', language: 'id' as const },
    { fullName: 'Budi Santoso', firstName: 'Budi', lastName: 'Santoso', tagIds: [tag.id] },
    { fullName: 'Rani', custom: { poin: -1.125, lahir: '1997-09-03', anggota: true, kota: '=x' } },
  ]
  for (const [index, person] of people.entries())
    await contacts.create(workspaceId, owner, { phone: `08120000000${index}`, ...person })
  const csv = 'Nama,No HP,No HP 2\nDua Nomor,081211112222,0813 1111 2222\n'
  const content = Readable.from([Buffer.from(csv)])
  await imports.importFile(workspaceId, owner, { fileName: 'two.csv', content })
  const hidden = Readable.from([Buffer.from('Nama,Nomor WA,ID WhatsApp\nTersembunyi,,123456789012345@lid\n')])
  await imports.importFile(workspaceId, owner, { fileName: 'hidden.csv', content: hidden })
}

describe.each(['csv', 'xlsx'] as const)('an export as %s', (format) => {
  test.each(['id', 'en'] as const)('imported again, in %s, it gives the same people', async (language) => {
    await addPeople()
    const before = { people: await everybody(), numbers: await numbersOf(workspaceId) }
    const columns: Columns = [...everything, 'custom:poin', 'custom:lahir', 'custom:anggota', 'custom:kota']
    const file = await exportAll(format, columns, language)
    workspaceId = await buildWorkspace(core)
    await addFields()
    const content = Readable.from([file])
    const done = await imports.importFile(workspaceId, owner, { fileName: `contacts.${format}`, content })
    expect(done).toMatchObject({ status: 'completed', valid: 8, duplicates: 0, invalid: 0 })
    expect({ people: await everybody(), numbers: await numbersOf(workspaceId) }).toEqual(before)
  })

  test('imported again into the same workspace it changes nobody', async () => {
    await addPeople()
    const before = await everybody()
    const content = Readable.from([await exportAll(format)])
    const options = { existing: 'overwrite' as const }
    const done = await imports.importFile(
      workspaceId,
      owner,
      { fileName: `x.${format}`, content },
      { options },
    )
    expect(done).toMatchObject({ valid: 8, created: 0, invalid: 0 })
    expect(await everybody()).toEqual(before)
  })
})

test('a CSV begins with the mark of UTF-8, keeps numbers as they are and lets no cell be a formula', async () => {
  await addPeople()
  const text = (await exportAll('csv')).toString()
  expect(text.startsWith('\ufeffFull name,First name,')).toBe(true)
  expect(text).toContain(',+6281200000000,')
  expect(text).toContain('+6281211112222,+6281311112222')
  expect(text).toContain(`"'=HYPERLINK(`)
  expect(text).toContain(`,'+1+1,`)
  const cells = text.split(/\r\n|,/)
  expect(cells.filter((cell) => /^"?[=@+-]/.test(cell) && !/^\+\d+$/.test(cell))).toEqual([])
})

test('the rights and the audit log: a member without the right to export gets nothing, an export leaves a line', async () => {
  const boss = await world.addPerson({ name: 'Boss' })
  const shop = await world.addWorkspace(boss, 'Toko')
  await boss.browser.call(contactOperations.create, { body: { phone: '081299990000', fullName: 'Ani' } })
  const operator = await world.addPerson({ name: 'Operator' })
  await world.addMember(shop, operator, 'operator')
  const body = { selection: { filter: {} }, columns: ['fullName', 'phone'] }
  const inShop = operator.browser.with({ 'x-siar-workspace': shop })
  expect((await inShop.call(contactExportOperations.exportFile, { body })).status).toBe(403)
  const answer = await boss.browser.call(contactExportOperations.exportFile, { body })
  expect(answer.text).toBe('\ufeffFull name,WhatsApp number\r\nAni,+6281299990000\r\n')
  expect(answer.headers['content-disposition']).toContain('contacts.csv')
  const { rows } = await database.pool.query(
    `select details from audit_log where workspace_id = $1 and action = 'contact.export'`,
    [shop],
  )
  expect(rows).toEqual([{ details: { format: 'csv', columns: ['fullName', 'phone'], contacts: 1 } }])
})

test('chosen people, a filter and unknown columns', async () => {
  await addPeople()
  const [ani] = (await contacts.list(workspaceId, { sort: 'name', limit: 200, search: 'Rani' })).rows
  const read = async (selection: Parameters<typeof contacts.exportContacts>[2]['selection']) => {
    const request = { selection, format: 'csv' as const, columns: ['fullName'] as Columns }
    return (await buffer(await contacts.exportContacts(workspaceId, owner, request, 'en'))).toString()
  }
  expect(await read({ contactIds: [ani?.id ?? '', ani?.id ?? '', 'con_gone'] })).toBe(
    '\ufeffFull name\r\nRani\r\n',
  )
  expect(await read({ filter: { search: 'budi' } })).toBe('\ufeffFull name\r\nBudi Santoso\r\n')
  await expect(exportAll('csv', ['custom:none'])).rejects.toMatchObject({ code: 'validation_failed' })
  await expect(exportAll('csv', ['phone', 'phone'])).rejects.toMatchObject({ code: 'validation_failed' })
})

test('everybody is in it once, also beyond one page of ids', async () => {
  await database.pool.query(
    `insert into contacts (id, workspace_id, full_name, created_at, updated_at)
     select 'con_' || $1 || i, $1, 'Orang ' || i, now() - (i % 7) * interval '1 day', now() from generate_series(1, 45000) i`,
    [workspaceId],
  )
  await database.pool.query('analyze contacts')
  const names = (await exportAll('csv', ['fullName'])).toString().trim().split('\r\n').slice(1)
  expect(names).toHaveLength(45_000)
  expect(new Set(names).size).toBe(45_000)
})

import { testDatabase } from '@siar/test-kit'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createConsentService } from '../consent/index.ts'
import { createContactsService } from '../contacts/index.ts'
import { createImportService } from './index.ts'
import { buildPeopleFile } from './people-file.fixtures.ts'
import type { WorkbookPlan } from './workbook.fixtures.ts'
import { buildWorkbook, buildZip, columnName } from './workbook.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
const imports = createImportService(core)
const contacts = createContactsService(core)
const consent = createConsentService(core)
const owner = buildActor(core)
let workspaceId = await buildWorkspace(core)

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

const source = (content: string | Uint8Array, fileName: string) => ({
  fileName,
  content: Readable.from([Buffer.from(content)]),
})
const upload = (content: string | Uint8Array, fileName = 'contacts.bin') =>
  imports.upload(workspaceId, owner, source(content, fileName))
const run = (content: string | Uint8Array, options = {}, fileName = 'contacts.bin') =>
  imports.importFile(workspaceId, owner, source(content, fileName), { options })
const everybody = async () => (await contacts.list(workspaceId, { sort: 'newest', limit: 200 })).rows
const byPhone = async (phone: string) =>
  (await contacts.list(workspaceId, { sort: 'newest', limit: 5, search: phone })).rows[0]
const numbersOf = async (name: string) => {
  const { rows } = await database.pool.query<{ value: string }>(
    `select a.value from addresses a join contacts c on c.id = a.contact_id
     where a.workspace_id = $1 and c.full_name = $2 order by a.id`,
    [workspaceId, name],
  )
  return rows.map(({ value }) => value)
}
const sheet = (rows: WorkbookPlan['sheets'][number]['rows'], more: Partial<WorkbookPlan> = {}) =>
  buildWorkbook({ sheets: [{ name: 'Pelanggan', rows }], ...more })
const text = (value: string) => ({ xml: `t="inlineStr"><is><t>${value}</t></is>` })
const unreadable = (reason: string) => ({ code: 'import_unreadable', details: { reason } })

describe('the same people as a workbook, as an export of Google Contacts and as vCards', () => {
  const people = buildPeopleFile(130)
  const workbook = sheet([
    ['Nama Lengkap', 'No. WhatsApp'],
    ...people.rows.map(({ number }, index) => [`Orang ${index}`, number === '' ? null : text(number)]),
  ])
  const google = [
    'First Name,Middle Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
    ...people.rows.map(({ number }, index) => `Orang,,${index},,,,* myContacts,* Home,,Mobile,${number},,`),
  ].join('\r\n')
  const cards = people.rows
    .map(
      ({ number }, index) =>
        `BEGIN:VCARD\r\nVERSION:3.0\r\nN:${index};Orang;;;\r\nFN:Orang ${index}\r\nTEL;TYPE=CELL:${number}\r\nEND:VCARD\r\n`,
    )
    .join('')

  test.each([
    ['xlsx', workbook],
    ['google', Buffer.from(google)],
    ['vcard', Buffer.from(cards)],
  ])(
    '%s: every row is counted once and every person gets the right number and name',
    async (format, file) => {
      const done = await run(file)
      expect(done).toMatchObject({
        format,
        status: 'completed',
        rowsDone: 130,
        created: done.valid,
        ...people.counts,
      })
      const found = (await everybody()).map(({ phone, fullName }) => `${phone} ${fullName}`).sort()
      const wanted = people.rows.flatMap(({ kind, phone }, index) =>
        kind === 'valid' ? [`${phone} Orang ${index}`] : [],
      )
      expect(found).toEqual(wanted.sort())
      const lines = (await readText(await imports.rejects(workspaceId, done.id, 'en')))
        .trim()
        .split('\r\n')
        .slice(1)
      expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual(
        people.rows.flatMap(({ kind }, index) => (kind === 'valid' ? [] : [[String(index + 2), kind]])),
      )
    },
  )
})

describe('a workbook', () => {
  test('numbers, dates, formulas, shared and rich texts arrive as a person reads them', async () => {
    const file = buildWorkbook({
      sheets: [
        { name: 'Kosong', rows: [] },
        {
          name: 'Data & lain',
          rows: [
            ['Nama', 'No HP', 'Kota', 'Lahir', 'Kode'],
            [
              { xml: 't="s"><v>0</v>' },
              { xml: '><v>6.2812999988887E+13</v>' },
              { xml: 't="s"><v>1</v>' },
              { xml: 's="1"><v>46090</v>' },
              { xml: 's="2"><v>42</v>' },
            ],
            null,
            [
              'Ani',
              81234567891,
              { xml: 't="str"><f>UPPER("solo")</f><v>SOLO</v>' },
              { xml: 's="3"><v>1</v>' },
              { xml: 't="b"><v>1</v>' },
            ],
            [
              'Cici',
              { xml: 't="str"><f>"0812-"&amp;"3456-7892"</f><v>0812-3456-7892</v>' },
              null,
              { xml: 's="1"><v>46090.75</v>' },
            ],
          ],
        },
      ],
      formats: ['dd\\/mm\\/yyyy', '00000'],
      sharedStrings: ['<t>Budi &amp; Co</t>', '<r><t>Ban</t></r><r><t>dung</t></r><rPh><t>x</t></rPh>'],
    })
    const done = await run(file, { mapping: ['full_name', 'phone', 'new:Kota', 'new:Lahir', 'new:Kode'] })
    expect(done).toMatchObject({
      format: 'xlsx',
      valid: 3,
      invalid: 0,
      layout: { sheet: 'Data & lain', hasHeader: true },
    })
    expect(await byPhone('+62812999988887')).toMatchObject({
      fullName: 'Budi & Co',
      custom: { kota: 'Bandung', lahir: '2026-03-09', kode: '00042' },
    })
    expect(await byPhone('+6281234567891')).toMatchObject({
      custom: { kota: 'SOLO', lahir: '1900-01-01', kode: 'TRUE' },
    })
    expect(await byPhone('+6281234567892')).toMatchObject({ custom: { lahir: '2026-03-09 18:00:00' } })
  })

  test('rows keep the numbers the spreadsheet shows, across blank rows and broken ones', async () => {
    const rows = [['Nama', 'No HP'], null, null, ['Budi', '12'], null, ['Ani', '081234567891']]
    const { id } = await upload(sheet(rows))
    const preview = await imports.preview(workspaceId, id, {
      mapping: ['full_name', 'phone'],
      hasHeader: true,
    })
    expect(preview.rows).toMatchObject([
      { row: 4, kind: 'invalid', reason: 'too_short' },
      { row: 6, kind: 'valid', phone: '+6281234567891' },
    ])
  })

  test('hidden sheets count only when no other holds anything', async () => {
    const hidden = { name: 'Lama', state: 'hidden' as const, rows: [['No HP'], ['081234567890']] }
    const shown = { name: 'Baru', rows: [['No HP'], ['081234567891']] }
    expect((await upload(buildWorkbook({ sheets: [hidden, shown] }))).layout.sheet).toBe('Baru')
    expect((await upload(buildWorkbook({ sheets: [hidden, { ...shown, rows: [] }] }))).layout.sheet).toBe(
      'Lama',
    )
  })

  test('a cell of megabytes costs its own row only', async () => {
    const done = await run(
      sheet([
        ['Nama', 'No HP'],
        ['Budi', '081234567890'],
        [`"x"\n${'9'.repeat(3_000_000)}`, '081234567891'],
        ['Ani', '081234567892'],
      ]),
    )
    expect(done).toMatchObject({ valid: 2, invalid: 1, rowsDone: 3 })
    expect(await readText(await imports.rejects(workspaceId, done.id, 'en'))).toContain(
      '3,invalid,The row is too long.',
    )
  })

  const bomb = Buffer.alloc(30_000_000, ' ')
  const wide = ['No HP', ...Array.from({ length: 9_999 }, (_, index) => columnName(index))]
  const doctype =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
  const withSheet = (content: string | Uint8Array, claimedSize?: number) =>
    buildZip([
      {
        name: 'xl/workbook.xml',
        content: '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      },
      { name: 'xl/s.xml', content, ...(claimedSize === undefined ? {} : { claimedSize }) },
    ])
  const whole = sheet([['No HP'], ['081234567890']])

  test.each([
    ['ten thousand columns', sheet([wide, wide]), 'too_many_columns'],
    ['a zip bomb', withSheet(bomb), 'too_large_inside'],
    ['a zip bomb that lies about its size', withSheet(bomb, 1_000), 'broken_workbook'],
    ['a document type', withSheet(doctype), 'broken_workbook'],
    ['XML that breaks off', withSheet('<worksheet><sheetData><row r="1"><c><v>0812'), 'broken_workbook'],
    [
      'rows that go back',
      withSheet('<worksheet><sheetData><row r="9"/><row r="3"/></sheetData></worksheet>'),
      'broken_workbook',
    ],
    ['an archive cut in half', whole.subarray(0, whole.length / 2), 'broken_workbook'],
    [
      'an archive of something else',
      buildZip([{ name: 'word/document.xml', content: '<x/>' }]),
      'broken_workbook',
    ],
  ])('%s is refused and leaves nothing behind', async (_name, file, reason) => {
    await expect(upload(file)).rejects.toMatchObject(unreadable(reason))
    const { rows } = await imports.list(workspaceId, { limit: 10 })
    expect(rows).toEqual([])
  })

  test('without any row it is empty', async () => {
    await expect(upload(sheet([]))).rejects.toMatchObject({ code: 'import_empty' })
    await expect(upload(sheet([['Nama', 'No HP']]))).rejects.toMatchObject({ code: 'import_empty' })
  })

  test('any damage to its bytes ends in a refusal or an import, never in another error', async () => {
    for (let at = 0; at < whole.length; at += 23) {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ 0x55
      const outcome = await upload(damaged).then(
        () => 'imported',
        (error: { code?: string }) => error.code,
      )
      expect(['imported', 'import_unreadable', 'import_empty']).toContain(outcome)
    }
  })
})

describe('vCards', () => {
  test.each([
    [
      '2.1 with quoted-printable, its own character set and soft line ends',
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91and=C3=BA;Jos=C3=A9;;;\r\nTEL;CELL;PREF;QUOTED-PRINTABLE:0812=\r\n-3456-7890\r\nNOTE;ENCODING=QUOTED-PRINTABLE:Suka kopi=\r\n tubruk=0ASenin\r\nEND:VCARD\r\n',
      { fullName: 'José Ñandú', notes: 'Suka kopi tubruk\nSenin' },
    ],
    [
      '3.0 with folded lines, groups and escapes',
      'BEGIN:VCARD\nVERSION:3.0\nFN:Jo\n sé Ñan\n dú\nitem1.TEL;type=CELL;type=pref:+62 812-\n 3456-7890\nitem1.X-ABLabel:x\nORG:Toko\\, Maju\\; Jaya;Gudang\nEMAIL;TYPE=INTERNET:Jose@Example.com\nCATEGORIES:vip,langganan\\, lama\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n',
      { fullName: 'José Ñandú', company: 'Toko, Maju; Jaya', email: 'jose@example.com' },
    ],
    [
      '4.0 with number as address',
      'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:José Ñandú\r\nTEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+62-812-3456-7890;ext=5\r\nEND:VCARD',
      { fullName: 'José Ñandú' },
    ],
  ])('%s', async (_name, file, wanted) => {
    expect(await run(file)).toMatchObject({ format: 'vcard', valid: 1, invalid: 0 })
    expect(await byPhone('+6281234567890')).toMatchObject(wanted)
  })

  test.each(['windows-1252', 'utf-16le'])('a file in %s is understood', async (encoding) => {
    const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:José Ñandú\r\nTEL:081234567890\r\nEND:VCARD\r\n'
    const file =
      encoding === 'utf-16le' ? Buffer.from(`\ufeff${card}`, 'utf16le') : Buffer.from(card, 'latin1')
    expect(await run(file)).toMatchObject({ valid: 1 })
    expect(await byPhone('+6281234567890')).toMatchObject({ fullName: 'José Ñandú' })
  })

  test('a card without a number is an unusable row with its reason; a cut one counts as far as it goes', async () => {
    const done = await run(
      'BEGIN:VCARD\nFN:Tanpa nomor\nEND:VCARD\nBEGIN:VCARD\nFN:Ani\nTEL:081234567891\nBEGIN:VCARD\nFN:Budi\nTEL:081234567892',
    )
    expect(done).toMatchObject({ valid: 2, invalid: 1 })
    expect(await readText(await imports.rejects(workspaceId, done.id, 'en'))).toContain(
      '2,invalid,The number is empty.,Tanpa nomor',
    )
  })

  test('a file of one picture of megabytes, control characters and HTML loses nobody', async () => {
    const done = await run(
      `BEGIN:VCARD\nFN:<b>Budi</b>\nPHOTO;ENCODING=b:${'A'.repeat(3_000_000)}\nTEL:081234567890\nEND:VCARD\n` +
        'BEGIN:VCARD\nFN:A\0ni\nTEL:081234567891\nEND:VCARD\nBEGIN:VCARD\nFN:=cmd()\nTEL:\u202a0812\u200b34567892\u202c\nEND:VCARD\n',
    )
    expect(done).toMatchObject({ valid: 2, invalid: 1 })
    expect(await byPhone('+6281234567890')).toMatchObject({ fullName: '<b>Budi</b>' })
  })
})

describe('several numbers of one person', () => {
  const header =
    'Name,Given Name,Additional Name,Family Name,Group Membership,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name'

  test('are all kept, the first valid one in front', async () => {
    const file = [
      header,
      'Siti Nur Aini,Siti,Nur,Aini,* My Contacts ::: vip,Mobile,12 ::: 081234567890 ::: 0812-3456-7891,Work,+62 21 5551234,Toko Siti',
      'Budi,Budi,,,,Mobile,081234567892,,,',
    ].join('\n')
    const done = await run(file)
    expect(done).toMatchObject({ format: 'google', valid: 2, duplicates: 0, invalid: 0 })
    expect(await byPhone('+6281234567890')).toMatchObject({
      fullName: 'Siti Nur Aini',
      phone: '+6281234567890',
      company: 'Toko Siti',
      tags: [{ name: 'vip' }],
    })
    expect(await numbersOf('Siti Nur Aini')).toEqual(['+6281234567890', '+6281234567891', '+62215551234'])
    expect(await run(file)).toMatchObject({ valid: 2, created: 0 })
    expect(await numbersOf('Siti Nur Aini')).toHaveLength(3)
  })

  test('a person known by the second number is changed, not doubled', async () => {
    await contacts.create(workspaceId, owner, { phone: '081234567891', fullName: 'Siti' })
    const done = await run(`${header}\nSiti Baru,,,,,Mobile,081234567890,Home,081234567891,Toko\n`)
    expect(done).toMatchObject({ valid: 1, created: 0, updated: 1 })
    expect(await everybody()).toMatchObject([{ fullName: 'Siti', company: 'Toko' }])
    expect((await numbersOf('Siti')).sort()).toEqual(['+6281234567890', '+6281234567891'])
  })

  test('with keep, a known person gets no further number', async () => {
    await contacts.create(workspaceId, owner, { phone: '081234567891', fullName: 'Siti' })
    await run(`${header}\nSiti Baru,,,,,Mobile,081234567890,Home,081234567891,\n`, { existing: 'keep' })
    expect(await numbersOf('Siti')).toEqual(['+6281234567891'])
  })

  test('a number of another contact stays there', async () => {
    await contacts.create(workspaceId, owner, { phone: '081234567890', fullName: 'Ani' })
    await contacts.create(workspaceId, owner, { phone: '081234567891', fullName: 'Budi' })
    await run(`${header}\nAni,,,,,Mobile,081234567890,Home,081234567891,\n`)
    expect([await numbersOf('Ani'), await numbersOf('Budi')]).toEqual([
      ['+6281234567890'],
      ['+6281234567891'],
    ])
  })

  test('a file never brings consent to somebody who is suppressed by another number', async () => {
    await consent.addSuppression(workspaceId, owner, { phone: '081234567891', note: '' })
    const done = await run(`${header}\nSiti,,,,,Mobile,081234567890,Home,081234567891,\n`, {
      consentWording: 'Formulir',
    })
    expect(done).toMatchObject({ valid: 1, optedOut: 1 })
    expect(await everybody()).toMatchObject([{ marketingConsent: 'unknown' }])
  })
})

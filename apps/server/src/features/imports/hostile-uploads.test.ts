import { contactOperations, importOperations } from '@siar/contract'
import type { Import } from '@siar/contract'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../../testing/caller.ts'
import { createTestApp } from '../../testing/test-app.ts'
import { buildPeopleFile, toMessyCsv, toNumbersText } from './people-file.fixtures.ts'
import { buildWorkbook, buildZip } from './workbook.fixtures.ts'

const world = await createTestApp(await testDatabase())
const owner = await world.addPerson({ name: 'Sari' })

/** A workspace of one's own for each test. */
async function newShop(): Promise<{ shop: Caller; workspaceId: string }> {
  const workspaceId = await world.addWorkspace(owner, `Toko ${randomUUID().slice(0, 8)}`)
  return { workspaceId, shop: owner.browser.with({ 'x-siar-workspace': workspaceId }) }
}

const upload = (shop: Caller, content: string | Buffer, name = 'people.csv', headers = {}) =>
  shop.call(importOperations.upload, { file: { name, type: 'application/octet-stream', content }, headers })

async function runImport(shop: Caller, { id, layout }: Import): Promise<Import> {
  const params = { importId: id }
  const body = { mapping: layout.columns.map(({ guess }) => guess), hasHeader: layout.hasHeader }
  const preview = await shop.call(importOperations.preview, { params, body })
  expect(preview.status, preview.text).toBe(200)
  const started = await shop.call(importOperations.start, { params, body })
  expect(started.status, started.text).toBe(202)
  await world.core.jobs.drain()
  return (await shop.call(importOperations.get, { params })).json() as Import
}

async function peopleOf(shop: Caller): Promise<{ phone: string; fullName: string }[]> {
  const answer = await shop.call(contactOperations.list, { query: { limit: 200, sort: 'name' } })
  return answer.json().data as { phone: string; fullName: string }[]
}

const good = 'Ani Baik,081234500001'
const alsoGood = 'Budi Baik,081234500002'
const card = (name: string, number: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL;TYPE=CELL:${number}\r\nEND:VCARD\r\n`
const workbookOf = (rows: string[][]) =>
  buildWorkbook({ sheets: [{ name: 'A', rows: [['Nama', 'No HP'], ...rows] }] })

describe('rows made to break something cost nobody else their place', () => {
  const nasty: readonly (readonly [string, string])[] = [
    ['a formula', '=HYPERLINK("http://evil.example")'],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['right to left and zero width', '\u202eKaryo\u202c \u200b\u2066Slamet\u2069'],
    ['a name of ten thousand signs', 'x'.repeat(10_000)],
    ['a name of a prototype', '__proto__'],
  ]

  test.each(nasty)('%s as a name, in each kind of file', async (_what, name) => {
    const number = '081234500003'
    const quoted = `"${name.replaceAll('"', '""')}"`
    const files: readonly (readonly [string, string | Buffer])[] = [
      ['people.csv', `Nama,No HP\n${good}\n${quoted},${number}\n${alsoGood}\n`],
      [
        'people.xlsx',
        workbookOf([
          ['Ani Baik', '081234500001'],
          [name, number],
          ['Budi Baik', '081234500002'],
        ]),
      ],
      [
        'people.vcf',
        card('Ani Baik', '081234500001') + card(name, number) + card('Budi Baik', '081234500002'),
      ],
      [
        'google.csv',
        `First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value\nAni,Baik,* myContacts,Mobile,081234500001\n${quoted},,,Mobile,${number}\nBudi,Baik,,Mobile,081234500002\n`,
      ],
    ]
    for (const [fileName, content] of files) {
      const { shop } = await newShop()
      const answer = await upload(shop, content, fileName)
      expect(answer.status, `${fileName} ${answer.text}`).toBe(201)
      const done = await runImport(shop, answer.json() as Import)
      expect(done, fileName).toMatchObject({ status: 'completed', rowsDone: 3, valid: 3, invalid: 0 })
      const found = await peopleOf(shop)
      expect(found.map(({ phone }) => phone).sort()).toEqual([
        '+6281234500001',
        '+6281234500002',
        '+6281234500003',
      ])
      expect(found.every(({ fullName }) => fullName.length <= 200)).toBe(true)
    }
  })

  test('invisible signs around a number do not make another number of it', async () => {
    const { shop } = await newShop()
    const rows = ['\u202a+62 812-3450-0004\u202c', '0812\u200b3450\u200b0005', '\u00a0081234500006\ufeff']
    const answer = await upload(shop, `No HP\n${rows.join('\n')}\n`)
    const done = await runImport(shop, answer.json() as Import)
    expect(done).toMatchObject({ rowsDone: 3, valid: 3 })
    expect((await peopleOf(shop)).map(({ phone }) => phone).sort()).toEqual([
      '+6281234500004',
      '+6281234500005',
      '+6281234500006',
    ])
  })

  test('a row of ten megabytes and a row with NUL bytes are reported, the others are imported', async () => {
    const { shop } = await newShop()
    const content = `Nama,No HP\n${good}\n${'y'.repeat(10_000_000)},081234500009\nNu\0l,081234500008\n${alsoGood}\n`
    const answer = await upload(shop, content)
    expect(answer.status, answer.text).toBe(201)
    const done = await runImport(shop, answer.json() as Import)
    expect(done).toMatchObject({ status: 'completed', rowsDone: 4, valid: 2, invalid: 2 })
    const rejects = await shop.call(importOperations.rejects, { params: { importId: done.id } })
    expect(rejects.text).toContain('The row is too long.')
    expect(rejects.text).toContain('characters that are not text')
    expect(rejects.text.length).toBeLessThan(10_000)
  })
})

describe('files that are no address book are refused and leave nothing behind', () => {
  const wide = Array.from({ length: 10_000 }, (_, index) => `k${index}`)
  test.each<[string, string, string | Buffer]>([
    ['10,000 columns', 'wide.csv', `${wide.join(',')}\n${wide.map(() => '0812').join(',')}\n`],
    [
      '10,000 columns in a workbook',
      'wide.xlsx',
      buildWorkbook({ sheets: [{ name: 'A', rows: [wide, wide] }] }),
    ],
    [
      'a zip bomb',
      'bomb.xlsx',
      buildZip([
        { name: '[Content_Types].xml', content: '<Types/>' },
        { name: 'xl/workbook.xml', content: Buffer.alloc(64_000_000, 32) },
      ]),
    ],
    [
      'an archive that lies about its size',
      'lie.xlsx',
      buildZip([{ name: 'xl/workbook.xml', content: 'x'.repeat(9000), claimedSize: 10 }]),
    ],
    ['nothing but NUL bytes', 'nul.csv', Buffer.alloc(100_000)],
    ['nothing', 'empty.csv', ''],
    ['a web page', 'page.csv', '<!doctype html><html><body>0812</body></html>'],
  ])('%s', async (_what, name, content) => {
    const { shop, workspaceId } = await newShop()
    const answer = await upload(shop, content, name)
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
    expect(answer.status, answer.text).toBeLessThan(500)
    expect((await shop.call(importOperations.list)).json().data).toEqual([])
    expect(filesOf(workspaceId)).toEqual([])
  })

  test('an upload cut off half way is forgotten, and the next one works', async () => {
    const { shop, workspaceId } = await newShop()
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = world.app.server.address() as AddressInfo
    const headers = Object.entries({ ...shop.headers, host: `127.0.0.1:${port}` })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.write(
      [
        `POST ${importOperations.upload.path} HTTP/1.1`,
        ...headers.map(([name, value]) => `${name}: ${value}`),
        'content-type: multipart/form-data; boundary=cut',
        'content-length: 5000000',
        '',
        '--cut',
        'content-disposition: form-data; name="file"; filename="half.csv"',
        'content-type: text/csv',
        '',
        `Nama,No HP\n${`${good}\n`.repeat(20_000)}`,
      ].join('\r\n'),
    )
    await waitUntil(() => filesOf(workspaceId).length > 0, { timeoutMs: 20_000, what: 'the upload to begin' })
    socket.destroy()
    await waitUntil(() => filesOf(workspaceId).length === 0, { timeoutMs: 20_000, what: 'the half to go' })
    expect((await shop.call(importOperations.list)).json().data).toEqual([])
    expect((await upload(shop, `Nama,No HP\n${good}\n`)).status).toBe(201)
  })
})

function filesOf(workspaceId: string): string[] {
  const folder = join(world.core.config.dataDir, 'files', workspaceId, 'imports')
  return existsSync(folder) ? readdirSync(folder) : []
}

test('the same file twice at once doubles nobody, and with one key it is one import', async () => {
  const { shop } = await newShop()
  const people = buildPeopleFile(60)
  const file = toMessyCsv(people)
  const [first, second] = await Promise.all([upload(shop, file), upload(shop, file)])
  for (const answer of [first, second]) await runImport(shop, answer.json() as Import)
  expect(await peopleOf(shop)).toHaveLength(people.counts.valid)

  const other = await newShop()
  const key = { 'idempotency-key': 'the-same-upload' }
  const answers = await Promise.all([1, 2, 3].map(() => upload(other.shop, file, 'people.csv', key)))
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1)
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
  expect((await other.shop.call(importOperations.list)).json().data).toHaveLength(1)
})

test('a mapping that names one target twice, no number or a column too many starts nothing', async () => {
  const { shop } = await newShop()
  const { id } = (await upload(shop, `Nama,No HP\n${good}\n`)).json() as Import
  const params = { importId: id }
  for (const mapping of [
    ['phone', 'phone'],
    ['full_name', 'full_name'],
    ['full_name', 'email'],
    ['new:Kota', 'new:kota'],
    ['custom:__proto__', 'phone'],
    [],
  ]) {
    const body = { mapping, hasHeader: true }
    for (const operation of [importOperations.preview, importOperations.start]) {
      const answer = await shop.call(operation, { params, body })
      expect(answer.status, `${String(mapping)} ${answer.text}`).toBeGreaterThanOrEqual(400)
      expect(answer.status, answer.text).toBeLessThan(500)
    }
  }
  expect((await shop.call(importOperations.get, { params })).json()).toMatchObject({ status: 'uploaded' })
  expect(await peopleOf(shop)).toEqual([])
})

describe('the same 130 people through the public API', () => {
  const people = buildPeopleFile(130)
  const google = [
    'First Name,Last Name,Labels,Phone 1 - Label,Phone 1 - Value',
    ...people.rows.map(({ number }, index) => `Orang,${index},* myContacts,Mobile,${number}`),
  ].join('\r\n')
  const cards = people.rows.map(({ number }, index) => card(`Orang ${index}`, number)).join('')
  test.each([
    ['csv', 'contacts.csv', toMessyCsv(people)],
    ['txt', 'numbers.txt', toNumbersText(people)],
    ['vcard', 'contacts.vcf', cards],
    ['google', 'google.csv', google],
  ])('as %s give the same counts and the same numbers', async (format, name, content) => {
    const { shop } = await newShop()
    const answer = await upload(shop, content, name)
    expect(answer.status, answer.text).toBe(201)
    const done = await runImport(shop, answer.json() as Import)
    expect(done).toMatchObject({ format, status: 'completed', rowsDone: 130, ...people.counts })
    const wanted = people.rows.flatMap(({ kind, phone }) => (kind === 'valid' ? [phone] : []))
    expect((await peopleOf(shop)).map(({ phone }) => phone).sort()).toEqual(wanted.sort())
  })
})

import type { ImportOptions } from '@siar/contract'
import type { ImportId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createConsentService } from '../consent/index.ts'
import { createContactsService } from '../contacts/index.ts'
import { createImportService, importJobBindings } from './index.ts'
import { buildPeopleFile, toMessyCsv, toNumbersText } from './people-file.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
const imports = createImportService(core)
const consent = createConsentService(core)
const contacts = createContactsService(core)
const { groups, customFields } = contacts
const owner = buildActor(core)
await core.jobs.work(importJobBindings(imports))
let workspaceId = await buildWorkspace(core)

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

const source = (content: string | Uint8Array, fileName = 'contacts.csv') => ({
  fileName,
  content: Readable.from([Buffer.from(content)]),
})
const upload = (content: string | Uint8Array, fileName?: string) =>
  imports.upload(workspaceId, owner, source(content, fileName))
const run = (content: string | Uint8Array, options: Partial<ImportOptions> = {}, fileName?: string) =>
  imports.importFile(workspaceId, owner, source(content, fileName), { options })
const options = (given: Partial<ImportOptions>): ImportOptions => ({
  mapping: ['phone'],
  hasHeader: false,
  consentWording: '',
  existing: 'fill_empty',
  listIds: [],
  newListName: '',
  tagIds: [],
  ...given,
})
const everybody = async (more = {}) => {
  const { rows } = await contacts.list(workspaceId, { sort: 'newest', limit: 200, ...more })
  return rows
}
const byPhone = async (phone: string) => (await everybody({ search: phone }))[0]
const rejects = async (id: ImportId) => readText(await imports.rejects(workspaceId, id, 'en')) // without its byte order mark
const count = async (table: string) => {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*) as count from ${table} where workspace_id = $1`,
    [workspaceId],
  )
  return rows[0]?.count
}

describe('a messy file', () => {
  const people = buildPeopleFile(130)

  test.each([
    ['contacts.csv', toMessyCsv(people), 2],
    ['numbers.txt', toNumbersText(people), 1],
  ])(
    '%s: every row is counted once and every person gets the right number',
    async (fileName, file, firstRow) => {
      const done = await run(file, {}, fileName)
      const { valid, duplicates, invalid } = done
      expect({ valid, duplicates, invalid }).toEqual(people.counts)
      expect(done).toMatchObject({
        status: 'completed',
        rowsDone: 130,
        rowsEstimated: 130,
        created: valid,
        updated: 0,
      })
      const phones = (await everybody()).map(({ phone }) => phone).sort()
      expect(phones).toEqual(
        people.rows.flatMap(({ kind, phone }) => (kind === 'valid' ? [phone] : [])).sort(),
      )
      const lines = (await rejects(done.id)).trim().split('\r\n').slice(1)
      expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual(
        people.rows.flatMap(({ kind }, index) =>
          kind === 'valid' ? [] : [[String(index + firstRow), kind]],
        ),
      )
    },
  )

  test('fields, quotes, tags and the list arrive where they belong', async () => {
    await customFields.create(workspaceId, owner, {
      label: 'Tanggal Lahir',
      type: 'date',
      choices: [],
    })
    const done = await run(toMessyCsv(people), { newListName: 'Pelanggan lama' })
    expect(done.layout).toMatchObject({ encoding: 'utf-8', delimiter: ';', hasHeader: true })
    expect(done.layout.columns.map(({ guess }) => guess)).toEqual([
      'full_name',
      'phone',
      'email',
      'company',
      'tags',
      'custom:tanggal lahir',
    ])
    expect(await byPhone('+6281210000001')).toMatchObject({
      fullName: 'Orang 1',
      firstName: 'Orang',
      company: 'Kopi; Senja',
      email: null,
      tags: [{ name: 'pelanggan' }, { name: 'vip' }],
      lists: [{ name: 'Pelanggan lama' }],
      custom: { 'tanggal lahir': '1997-09-03' },
      source: 'import',
      marketingConsent: 'unknown',
    })
    expect(await byPhone('+6281210000002')).toMatchObject({ company: 'Batik "Ayu"' })
  })

  test('again in another form adds nobody', async () => {
    await run(toNumbersText(people), {}, 'numbers.txt')
    const again = await run(toMessyCsv(people))
    expect(again).toMatchObject({ valid: people.counts.valid, created: 0, updated: people.counts.valid })
    expect(await run(toMessyCsv(people))).toMatchObject({ created: 0, updated: 0 })
    expect(await count('contacts')).toBe(people.counts.valid)
  })
})

describe('encodings and separators', () => {
  const file = 'Nama;No HP\r\nJosé Ñandú;081210000001\r\nBudi;081210000002\r\n'
  const utf16 = (text: string, bigEndian: boolean) => {
    const bytes = Buffer.from(text, 'utf16le')
    return bigEndian ? bytes.swap16() : bytes
  }

  test.each([
    ['UTF-8', 'utf-8', Buffer.from(file)],
    ['UTF-8 with mark', 'utf-8', Buffer.from(`\ufeff${file}`)],
    ['Windows-1252', 'windows-1252', Buffer.from(file, 'latin1')],
    ['UTF-16 LE with mark', 'utf-16le', utf16(`\ufeff${file}`, false)],
    ['UTF-16 BE with mark', 'utf-16be', utf16(`\ufeff${file}`, true)],
    ['UTF-16 LE without mark', 'utf-16le', utf16(file, false)],
  ])('%s is recognised', async (_name, encoding, bytes) => {
    const done = await run(bytes)
    expect(done).toMatchObject({ valid: 2, invalid: 0, layout: { encoding, hasHeader: true } })
    expect(await byPhone('081210000001')).toMatchObject({ fullName: 'José Ñandú' })
  })

  test('an accent far behind plain rows still tells the encoding', async () => {
    const rows = Array.from(
      { length: 12_000 },
      (_, index) => `Orang ${index};0812${String(10_000_000 + index)}`,
    )
    const bytes = Buffer.from(`Nama;No HP\n${rows.join('\n')}\nJosé;085710000001\n`, 'latin1')
    expect((await upload(bytes)).layout.encoding).toBe('windows-1252')
  })

  test.each([',', ';', '\t', '|'])('columns cut by %j are found', async (delimiter) => {
    const rows = [
      ['Nama', 'Telepon'],
      ['"Santoso, Budi; SE"', '0812-1000-0001'],
      ['Ani', '081210000002'],
    ]
    const done = await run(rows.map((cells) => cells.join(delimiter)).join('\n'))
    expect(done).toMatchObject({ valid: 2, layout: { delimiter } })
    expect(await byPhone('081210000001')).toMatchObject({ fullName: 'Santoso, Budi; SE' })
  })

  test('without a header the columns are told by what they hold', async () => {
    const { layout } = await upload('Budi,budi@example.com,081210000001\nAni,ani@example.com,081210000002\n')
    expect(layout.hasHeader).toBe(false)
    expect(layout.columns.map(({ guess }) => guess)).toEqual(['full_name', 'email', 'phone'])
  })

  test('a Google Contacts export maps itself', async () => {
    const file = [
      'First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value',
      'Budi,Santoso,Toko,* myContacts ::: vip,* Home,b@example.com,Mobile,081210000001',
      'Ani,,,* myContacts,* Home,,Mobile,081210000002',
    ]
    expect(await run(file.join('\n'))).toMatchObject({ valid: 2 })
    expect(await byPhone('081210000001')).toMatchObject({
      fullName: 'Budi Santoso',
      email: 'b@example.com',
      tags: [{ name: 'vip' }],
    })
  })

  test('numbers pasted in one line are as many rows', async () => {
    const { id, layout, rowsEstimated } = await imports.paste(
      workspaceId,
      owner,
      '081210000001, +62 812-1000-0002; 0812',
    )
    expect({ delimiter: layout.delimiter, rowsEstimated }).toEqual({ delimiter: null, rowsEstimated: 3 })
    expect(id).toMatch(/^imp_/)
  })
})

describe('what is no import', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
  const zip = Buffer.concat([
    Buffer.from('504b0304140000000800', 'hex'),
    Buffer.from('[Content_Types].xml'),
    Buffer.alloc(50),
  ])
  const noise = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 7919) % 251))

  test.each([
    ['a picture', png, 'png'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'pdf'],
    ['a workbook or another archive', zip, 'zip'],
    ['bytes of nothing', noise, 'binary'],
    ['a web page', Buffer.from('<!doctype html><p>0812</p>'), 'html'],
  ])('%s is refused with its kind', async (_name, bytes, kind) => {
    await expect(upload(bytes)).rejects.toMatchObject({ code: 'import_unreadable', details: { kind } })
    expect(await count('imports')).toBe(0)
  })

  test.each([
    ['no byte', ''],
    ['blank lines', '\r\n\r\n   \r\n'],
    ['a header alone', 'Nama;No HP\r\n'],
  ])('%s is refused as empty', async (_name, file) => {
    await expect(upload(file)).rejects.toMatchObject({ code: 'import_empty' })
  })

  test('thousands of columns are refused', async () => {
    const row = Array.from({ length: 10_000 }, (_, index) => index).join(',')
    await expect(upload(`${row}\n${row}\n`)).rejects.toMatchObject({
      code: 'import_unreadable',
      details: { reason: 'too_many_columns' },
    })
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const content = new Readable({ read() {} })
    content.push('Nama;No HP\nBudi;0812')
    setImmediate(() => content.destroy(new Error('connection lost')))
    await expect(imports.upload(workspaceId, owner, { fileName: 'a.csv', content })).rejects.toMatchObject({
      code: 'bad_request',
      details: { reason: 'upload_incomplete' },
    })
    expect(await count('imports')).toBe(0)
  })

  test('a file over the limit is refused', async () => {
    const small = createTestCore(database, { config: { importSizeBytesMax: 1000 } })
    const service = createImportService(small)
    await expect(service.upload(workspaceId, owner, source('0812\n'.repeat(1000)))).rejects.toMatchObject({
      code: 'payload_too_large',
    })
  })

  test.each([
    ['no column of numbers', ['full_name', 'ignore'], 'no_phone_column'],
    ['two columns of one kind', ['phone', 'phone'], 'target_twice'],
    ['a field that is not there', ['phone', 'custom:ukuran'], 'unknown_field'],
    ['two new fields of one name', ['phone', 'new:Kota', 'new:kota'], 'target_twice'],
  ])('a mapping with %s is refused', async (_name, mapping, reason) => {
    const { id } = await upload('Nama;No HP;x\nBudi;081210000001;y\n')
    const refused = { code: 'import_mapping_invalid', details: { reason } }
    await expect(imports.preview(workspaceId, id, { mapping, hasHeader: true })).rejects.toMatchObject(
      refused,
    )
    await expect(imports.start(workspaceId, owner, id, options({ mapping }))).rejects.toMatchObject(refused)
    expect((await imports.get(workspaceId, id)).status).toBe('uploaded')
  })

  test('lists and tags of another workspace are refused', async () => {
    const elsewhere = await buildWorkspace(core)
    const list = await groups.createList(elsewhere, owner, { name: 'L', description: '' })
    const { id } = await upload('081210000001\n')
    await expect(
      imports.start(workspaceId, owner, id, options({ listIds: [list.id] })),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(imports.get(elsewhere, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('bad rows among good ones', () => {
  test('a row of megabytes, control characters and broken quotes cost their own row only', async () => {
    const rows = [
      'Budi,081210000001',
      `Ani,${'9'.repeat(3_000_000)}`,
      'Cici\0,081210000003',
      '"Toko "Maju" Jaya,081210000004',
      'Dedi',
      '=cmd(),+6281210000001',
      ',',
      'Eka,081210000006',
    ]
    const done = await run(`Nama,No HP\n${rows.join('\n')}\n`)
    expect(done).toMatchObject({ status: 'completed', valid: 3, duplicates: 1, invalid: 4, rowsDone: 8 })
    const file = await rejects(done.id)
    expect(file.split('\r\n')[0]).toBe('Row,Result,Reason,Nama,No HP')
    expect(file).toContain(`6,invalid,The number is empty.`)
    expect(file).toContain(`7,duplicate,The same number stands in an earlier row.,'=cmd(),'+6281210000001`)
    expect(file).toContain('3,invalid,The row is too long.')
    expect(file).toContain('4,invalid,The row contains characters that are not text.')
  })

  test('numbers of countries that are not allowed are reported', async () => {
    workspaceId = await buildWorkspace(core, { settings: { countries: ['ID'] } })
    const done = await run('081210000001\n+6591234567\n', {}, 'n.txt')
    expect(done).toMatchObject({ valid: 1, invalid: 1 })
    expect(await rejects(done.id)).toContain('does not allow')
  })

  test('a column of names taken for tags stops the import with its reason', async () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => `tag${index},0812${10_000_000 + index}`)
    const done = await run(rows.join('\n'), { mapping: ['tags', 'phone'], hasHeader: false })
    expect(done).toMatchObject({ status: 'failed', error: 'import_mapping_invalid', rowsDone: 0 })
    expect(await count('tags')).toBe(0)
  })
})

describe('people who are there already', () => {
  const file = 'Nama,No HP,Email,Perusahaan\nBudi Baru,081210000001,baru@example.com,Toko Baru\n'
  beforeEach(async () => {
    await contacts.create(workspaceId, owner, {
      phone: '081210000001',
      fullName: 'Budi Lama',
      email: 'lama@example.com',
    })
  })

  test.each([
    ['keep', 'Budi Lama', 'lama@example.com', null, 0],
    ['fill_empty', 'Budi Lama', 'lama@example.com', 'Toko Baru', 1],
    ['overwrite', 'Budi Baru', 'baru@example.com', 'Toko Baru', 1],
  ] as const)('%s', async (existing, fullName, email, company, updated) => {
    const done = await run(file, { existing, newListName: 'Semua' })
    expect(done).toMatchObject({ valid: 1, created: 0, updated })
    expect(await byPhone('081210000001')).toMatchObject({
      fullName,
      email,
      company,
      lists: [{ name: 'Semua' }],
    })
  })

  test('an empty cell never erases anything', async () => {
    await run('Nama,No HP,Email\n,081210000001,\n', { existing: 'overwrite' })
    expect(await byPhone('081210000001')).toMatchObject({ fullName: 'Budi Lama', email: 'lama@example.com' })
  })
})

describe('consent', () => {
  const wording = { consentWording: 'Formulir pendaftaran di kasir' }

  test('is recorded for each person with the row as evidence', async () => {
    const done = await run('Nama,No HP\nBudi,081210000001\nAni,081210000002\n', wording)
    const contact = await byPhone('081210000002')
    expect(contact).toMatchObject({ marketingConsent: 'granted' })
    expect(await consent.listConsents(workspaceId, contact?.id as never)).toMatchObject([
      {
        state: 'granted',
        source: 'import',
        wording: wording.consentWording,
        actor: owner.name,
        evidence: { importId: done.id, fileName: 'contacts.csv', row: 3, actorId: owner.id },
      },
    ])
  })

  test('of somebody who had opted out is not brought back by a file', async () => {
    const out = await contacts.create(workspaceId, owner, { phone: '081210000001' })
    await consent.optOut(workspaceId, owner, out.id, '')
    await consent.addSuppression(workspaceId, owner, { phone: '081210000002', note: '' })
    const done = await run('081210000001\n081210000002\n081210000003\n', wording, 'n.txt')
    expect(done).toMatchObject({ valid: 3, optedOut: 2 })
    expect(await byPhone('081210000001')).toMatchObject({
      marketingConsent: 'withdrawn',
      suppressed: 'unsubscribed',
    })
    expect(await byPhone('081210000002')).toMatchObject({ marketingConsent: 'unknown', suppressed: 'manual' })
    expect(await byPhone('081210000003')).toMatchObject({ marketingConsent: 'granted' })
  })

  test('grants to a known person whose consent was unknown', async () => {
    await contacts.create(workspaceId, owner, { phone: '081210000001' })
    await run('081210000001\n', wording, 'n.txt')
    expect(await byPhone('081210000001')).toMatchObject({ marketingConsent: 'granted' })
  })
})

test('the preview shows the first rows and every kind of problem further down', async () => {
  const rows = Array.from({ length: 900 }, (_, index) => `Orang ${index},0812${10_000_000 + index}`)
  rows[500] = 'Orang,12'
  rows[600] = 'Orang,ABC'
  rows[700] = 'Orang,081210000001'
  const { id } = await upload(`Nama,No HP\n${rows.join('\n')}`)
  const preview = await imports.preview(workspaceId, id, { mapping: ['full_name', 'phone'], hasHeader: true })
  expect(preview).toMatchObject({ looked: 900, valid: 897, duplicates: 1, invalid: 2 })
  expect(preview.rows).toHaveLength(23)
  expect(preview.rows.slice(20)).toMatchObject([
    { row: 502, kind: 'invalid', reason: 'too_short', cells: ['Orang', '12'] },
    { row: 602, kind: 'invalid', reason: 'letters' },
    { row: 702, kind: 'duplicate', phone: '+6281210000001' },
  ])
})

describe('in the background', () => {
  const people = buildPeopleFile(9_000)
  const mapping = ['full_name', 'phone', 'email', 'company', 'tags', 'ignore']
  const started = async () => {
    const { id } = await upload(toMessyCsv(people))
    await imports.start(
      workspaceId,
      owner,
      id,
      options({ mapping, hasHeader: true, consentWording: 'Formulir' }),
    )
    return id
  }
  const expectWhole = async (id: ImportId) => {
    const done = await imports.get(workspaceId, id)
    expect(done).toMatchObject({
      status: 'completed',
      rowsDone: 9_000,
      ...people.counts,
      created: people.counts.valid,
    })
    expect(await count('contacts')).toBe(people.counts.valid)
    expect(await count('consents')).toBe(people.counts.valid)
    expect(await count('import_rejects')).toBe(people.counts.duplicates + people.counts.invalid)
  }

  test('runs as a job, once', async () => {
    const id = await started()
    await expect(imports.start(workspaceId, owner, id, options({ mapping }))).rejects.toMatchObject({
      code: 'import_wrong_state',
    })
    await core.jobs.drain()
    await expectWhole(id)
    await imports.run(workspaceId, id)
    await expectWhole(id)
    expect(
      core.events.filter((event) => event.kind === 'import.progress' && event.id === id).length,
    ).toBeGreaterThan(1)
  })

  test('goes on exactly where a stopped process left it', async () => {
    const id = await started()
    for (let stops = 0; stops < 3; stops += 1) {
      const stop = new AbortController()
      const stopped = imports.run(workspaceId, id, { signal: stop.signal, onProgress: () => stop.abort() })
      await expect(stopped).rejects.toThrow()
    }
    expect((await imports.get(workspaceId, id)).rowsDone).toBe(6_000)
    await imports.run(workspaceId, id)
    await expectWhole(id)
  })

  test('two processes at once double nothing', async () => {
    const id = await started()
    await Promise.all([
      imports.run(workspaceId, id),
      imports.run(workspaceId, id),
      imports.run(workspaceId, id),
    ])
    await expectWhole(id)
  })

  test('two files with the same people at once double nobody', async () => {
    const ids = [await started(), await started()]
    await Promise.all(ids.map((id) => imports.run(workspaceId, id)))
    expect(await count('contacts')).toBe(people.counts.valid)
    for (const id of ids)
      expect(await imports.get(workspaceId, id)).toMatchObject({ status: 'completed', ...people.counts })
  })

  test('is put back into the queue after a restart', async () => {
    const id = await started()
    expect(await imports.resumeImports()).toBeGreaterThanOrEqual(1)
    await core.jobs.drain()
    await expectWhole(id)
  })

  test('stops when cancelled and keeps what it had', async () => {
    const id = await started()
    let cancelled: Promise<unknown> | undefined
    await imports.run(workspaceId, id, {
      onProgress: () => {
        cancelled ??= imports.cancel(workspaceId, owner, id)
      },
    })
    await cancelled
    const row = await imports.get(workspaceId, id)
    expect(row.status).toBe('cancelled')
    expect(row.rowsDone).toBeLessThan(9_000)
    expect(await count('contacts')).toBe(row.created)
    await imports.remove(workspaceId, owner, id)
    await expect(imports.get(workspaceId, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await count('contacts')).toBe(row.created)
  })
})

import { consentProofOperations } from '@siar/contract'
import { migrate, migrationsFolder, withWorkspace } from '@siar/database'
import type { ContactId, WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../../testing/test-app.ts'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createContactsService } from '../contacts/index.ts'
import { verifyChain } from './chain-check.ts'
import { createConsentService } from './index.ts'

const database = await testDatabase({ poolMax: 20 })
const core = createTestCore(database)
const consent = createConsentService(core)
const contacts = createContactsService(core)
const owner = buildActor(core)
let workspaceId: WorkspaceId
let phones = 0

const addPerson = async (consentWording?: string): Promise<ContactId> => {
  const phone = `0812 ${String(++phones).padStart(8, '0')}`
  const { id } = await contacts.create(workspaceId, owner, {
    phone,
    fullName: 'Siti Aminah',
    ...(consentWording === undefined ? {} : { consentWording }),
  })
  return id
}

/** Many lines in one statement, as an import writes them. */
const writeMany = (count: number) =>
  core.inWorkspace(workspaceId, (scope) =>
    scope.execute(
      `insert into consents (id, workspace_id, contact_id, purpose, state, source, wording, evidence, actor, at)
       select siar_new_id('cns'), $1, siar_new_id('con'), 'marketing', 'granted', 'import', 'Toko', jsonb_build_object('row', i), 'Sari', now()
       from generate_series(1, $2::int) i`,
      [workspaceId, count],
    ),
  )
const verify = () => verifyChain(core, workspaceId)
const chained = ['consents', 'consent_links', 'consent_chains']
const triggers = (state: 'enable' | 'disable') =>
  chained.map((table) => `alter table ${table} ${state} trigger user`).join('; ')

/** What somebody does who owns the database and keeps its triggers still. */
const byOwner = async (statement: string, ...values: unknown[]): Promise<number> => {
  const client = await database.pool.connect()
  try {
    await client.query(`begin; ${triggers('disable')}`)
    const { rowCount } = await client.query(statement, values)
    await client.query(`${triggers('enable')}; commit`)
    return rowCount ?? 0
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

test('every statement that writes to the ledger becomes one link, in the order of the commits', async () => {
  expect(await verify()).toEqual({ end: null, fault: null })
  const contactId = await addPerson('Mengisi formulir')
  await consent.optOut(workspaceId, owner, contactId, 'minta berhenti')
  await writeMany(250)
  expect(await verify()).toEqual({ end: { seq: 3, lines: 252, hash: expect.any(String) }, fault: null })
  const { rows } = await database.pool.query(
    'select seq, lines from consent_links where workspace_id = $1 order by seq',
    [workspaceId],
  )
  expect(rows).toEqual([
    { seq: 1, lines: 1 },
    { seq: 2, lines: 1 },
    { seq: 3, lines: 250 },
  ])
})

describe('what is done behind the back of Siar shows', () => {
  beforeEach(async () => {
    const contactId = await addPerson('Mengisi formulir')
    await writeMany(20)
    await consent.optOut(workspaceId, owner, contactId, 'minta berhenti')
    await writeMany(1)
  })

  const one =
    "id = (select min(id) from consents where workspace_id = $1 and source = 'import' and wording = 'Toko')"
  test.each([
    ['another state', "state = 'withdrawn'"],
    ['other words', "wording = 'Toko '"],
    ['other evidence', 'evidence = evidence || \'{"row": 99}\''],
    ['another person', "contact_id = siar_new_id('con')"],
    ['another source', "source = 'attestation'"],
    ['another actor', "actor = 'Budi'"],
    ['a time that is a microsecond off', "at = at + interval '1 microsecond'"],
    ['another salt', 'salt = gen_random_uuid()'],
    ['words that were erased without their own hash', "wording = '', wording_hash = sha256('x')"],
  ])('a line with %s', async (_what, change) => {
    expect(
      await byOwner(`update consents set ${change} where workspace_id = $1 and ${one}`, workspaceId),
    ).toBe(1)
    expect((await verify()).fault).toMatchObject({ kind: 'lines_changed', seq: 2 })
  })

  test('lines that are gone, that were slipped in, or that were written past the triggers', async () => {
    await byOwner(`delete from consents where workspace_id = $1 and ${one}`, workspaceId)
    expect((await verify()).fault).toMatchObject({ kind: 'lines_removed', seq: 2, lines: 1 })
    const insert = (batch: string) =>
      byOwner(
        `insert into consents (id, workspace_id, contact_id, purpose, state, source, actor, batch)
         select siar_new_id('cns'), $1, 'con_x', 'marketing', 'granted', 'import', 'Sari', ${batch}
         from consents where workspace_id = $1 and source = 'import' limit 2`,
        workspaceId,
      )
    await insert('batch')
    expect((await verify()).fault).toMatchObject({ kind: 'lines_added', seq: 2, lines: 1 })
    await byOwner("delete from consents where workspace_id = $1 and contact_id = 'con_x'", workspaceId)
    await insert('null')
    expect((await verify()).fault).toMatchObject({ kind: 'lines_removed' })
  })

  test('lines outside of the chain', async () => {
    await byOwner(
      `insert into consents (id, workspace_id, contact_id, purpose, state, source, actor)
       values (siar_new_id('cns'), $1, 'con_x', 'marketing', 'granted', 'import', 'Sari')`,
      workspaceId,
    )
    expect((await verify()).fault).toEqual({ kind: 'lines_unlinked', lines: 1 })
  })

  test('a link that is gone with its lines, a link that was recomputed alone, an end that was moved', async () => {
    const { end } = await verify()
    await byOwner(
      `update consent_links set lines_hash = sha256('x') where workspace_id = $1 and seq = 3`,
      workspaceId,
    )
    expect((await verify()).fault).toMatchObject({ kind: 'link_changed', seq: 3 })
    await byOwner(
      `delete from consents where workspace_id = $1 and batch = (select batch from consent_links where workspace_id = $1 and seq = 3)`,
      workspaceId,
    )
    await byOwner('delete from consent_links where workspace_id = $1 and seq = 3', workspaceId)
    expect((await verify()).fault).toEqual({ kind: 'link_missing', seq: 3 })
    await byOwner('delete from consent_links where workspace_id = $1 and seq = 4', workspaceId)
    expect((await verify()).fault).toEqual({ kind: 'link_missing', seq: 3 })
    await byOwner('update consent_chains set seq = 2 where workspace_id = $1', workspaceId)
    expect((await verify()).fault).toEqual({ kind: 'end_changed', seq: 2 })
    expect(end).toMatchObject({ seq: 4 })
  })

  test('a chain that was cut off and closed again, to whoever kept an end of it', async () => {
    const { end } = await verify()
    await byOwner(
      `with cut as (delete from consent_links where workspace_id = $1 and seq = 4 returning batch)
       delete from consents where workspace_id = $1 and batch in (select batch from cut)`,
      workspaceId,
    )
    await byOwner(
      `update consent_chains c set seq = 3, lines = c.lines - 1, hash = l.hash
       from consent_links l where c.workspace_id = $1 and l.workspace_id = $1 and l.seq = 3`,
      workspaceId,
    )
    expect((await verify()).fault).toBeNull()
    expect((await verifyChain(core, workspaceId, end ?? undefined)).fault).toEqual({
      kind: 'not_the_kept_one',
      seq: 4,
    })
    await writeMany(1)
    expect((await verifyChain(core, workspaceId, end ?? undefined)).fault).toEqual({
      kind: 'not_the_kept_one',
      seq: 4,
    })
  })
})

describe('writers', () => {
  test('that write at once make one chain without a gap', { timeout: 60_000 }, async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => addPerson('Formulir')))
    await Promise.all([
      ...people.map((id) => consent.optOut(workspaceId, owner, id, 'stop')),
      ...[400, 300, 200].map(writeMany),
      core.inWorkspace(workspaceId, async (scope) => {
        for (const contactId of people)
          await consent.ledger.append(scope, {
            contactId,
            state: 'withdrawn',
            source: 'manual',
            wording: 'x',
            evidence: {},
            actor: owner,
          })
      }),
    ])
    const { end, fault } = await verify()
    expect(fault).toBeNull()
    expect(end?.lines).toBeGreaterThanOrEqual(8 + 8 + 900)
  })

  test('never wait for each other before they commit, in whatever order they lock people', async () => {
    const [first, second] = [await addPerson('a'), await addPerson('b')]
    const entry = { state: 'withdrawn', source: 'manual', wording: 'x', evidence: {}, actor: owner } as const
    let meet: () => void = () => undefined
    const met = new Promise<void>((resolve) => (meet = resolve))
    let arrived = 0
    const write = (contactId: ContactId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await consent.ledger.append(scope, { ...entry, contactId })
        if (++arrived === 2) meet()
        await met
      })
    await Promise.all([write(first), write(second)])
    expect(await verify()).toMatchObject({ end: { seq: 4 }, fault: null })
  })

  test('cannot choose their place, nor touch the chain or the ledger', async () => {
    await writeMany(2)
    const inside = (statement: string) =>
      withWorkspace(database, workspaceId, (scope) => scope.execute(statement))
    const line = (column: string, value: string) => `
      insert into consents (id, workspace_id, contact_id, purpose, state, source, actor, ${column})
      values (siar_new_id('cns'), '${workspaceId}', 'con_x', 'marketing', 'granted', 'import', 'Sari', ${value})`
    await expect(inside(line('batch', '1'))).rejects.toThrow('not for writers')
    await expect(inside(line('salt', 'null'))).rejects.toThrow('not for writers')
    await expect(inside(line('evidence_hash', "sha256('x')"))).rejects.toThrow('not for writers')
    for (const change of [
      'update consent_links set lines = 1',
      'delete from consent_links',
      'delete from consent_chains',
    ])
      await expect(inside(change), change).rejects.toThrow('permission denied')
    await expect(inside('update consents set batch = 1')).rejects.toThrow('permission denied')
    await expect(database.pool.query('update consent_links set lines = 1')).rejects.toThrow('append-only')
  })

  test('that are undone leave no link', async () => {
    await writeMany(1)
    const undone = core.inWorkspace(workspaceId, async (scope) => {
      await scope.execute(
        "insert into consents (id, workspace_id, contact_id, purpose, state, source, actor) values ('cns_gone', $1, 'con_x', 'marketing', 'granted', 'import', 'Sari')",
        [workspaceId],
      )
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await verify()).toMatchObject({ end: { seq: 1, lines: 1 }, fault: null })
  })
})

test('a workspace that is deleted takes its chain along', async () => {
  await writeMany(3)
  await database.pool.query('delete from workspaces where id = $1', [workspaceId])
  const { rows } = await database.pool.query(
    'select (select count(*)::int from consent_links where workspace_id = $1) + (select count(*)::int from consent_chains where workspace_id = $1) as left',
    [workspaceId],
  )
  expect(rows).toEqual([{ left: 0 }])
})

describe('erasing the words of a person', () => {
  const erase = (contactId: string, place = workspaceId) =>
    withWorkspace(database, place, (scope) =>
      scope.execute('select siar_erase_consent_words($1)', [contactId]),
    )
  const wordsOf = async (contactId: string) =>
    (
      await database.pool.query('select wording, evidence, salt from consents where contact_id = $1', [
        contactId,
      ])
    ).rows

  test('leaves the chain whole, twice too, and shows when words are put back', async () => {
    const contactId = await addPerson('Siti Aminah, lewat telepon')
    await writeMany(2)
    await erase(contactId)
    await erase(contactId)
    expect(await wordsOf(contactId)).toEqual([{ wording: '', evidence: {}, salt: null }])
    expect(await verify()).toMatchObject({ end: { lines: 3 }, fault: null })
    await byOwner(`update consents set wording = 'invented' where contact_id = $1`, contactId)
    expect((await verify()).fault).toMatchObject({ kind: 'words_after_erasing', seq: 1 })
  })

  test('reaches no other workspace', async () => {
    const contactId = await addPerson('Formulir')
    await erase(contactId, await buildWorkspace(core))
    expect(await wordsOf(contactId)).toMatchObject([{ wording: 'Formulir' }])
  })
})

test(
  'lines from before the chain become its first link when the database is brought up to date',
  { timeout: 60_000 },
  async () => {
    const old = await testDatabase({ empty: true })
    const folder = await mkdtemp(join(tmpdir(), 'siar-migrations-'))
    await cp(migrationsFolder, folder, { recursive: true })
    const journalFile = join(folder, 'meta/_journal.json')
    const journal = JSON.parse(await readFile(journalFile, 'utf8')) as { entries: { tag: string }[] }
    const before = journal.entries.findIndex(({ tag }) => tag.endsWith('chain_consents'))
    await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, before) }))
    await migrate(old, { folder })
    await rm(folder, { recursive: true })
    await old.pool.query(`
    insert into workspaces (id, name, slug, created_at) values ('ws_old', 'Old', 'old', now());
    insert into consents (id, workspace_id, contact_id, purpose, state, source, actor, evidence)
    select 'cns_' || i, 'ws_old', 'con_' || i, 'marketing', 'granted', 'import', 'Sari', '{}' from generate_series(1, 50) i`)
    await migrate(old)
    const oldCore = createTestCore(old)
    const check = () => verifyChain(oldCore, 'ws_old' as WorkspaceId)
    expect(await check()).toMatchObject({ end: { seq: 1, lines: 50 }, fault: null })
    await old.pool.query(`
    insert into consents (id, workspace_id, contact_id, purpose, state, source, actor)
    values ('cns_new', 'ws_old', 'con_1', 'marketing', 'withdrawn', 'keyword', 'keyword')`)
    expect(await check()).toMatchObject({ end: { seq: 2, lines: 51 }, fault: null })
    await old.pool.query(
      `set siar.erase = 'on'; update consents set source = 'x' where id = 'cns_7'; reset siar.erase`,
    )
    expect((await check()).fault).toMatchObject({ kind: 'lines_changed', seq: 1 })
  },
)

test('the API says in plain words and in both languages what it found', async () => {
  const world = await createTestApp(database)
  const sari = await world.addPerson({ name: 'Sari' })
  workspaceId = await world.addWorkspace(sari, 'Kopi Melati')
  await addPerson('Formulir')
  const ask = async (query = {}, language = 'en') =>
    (
      await sari.browser.call(consentProofOperations.verify, {
        query,
        headers: { 'accept-language': language },
      })
    ).json()
  const whole = await ask()
  expect(whole).toMatchObject({ intact: true, fault: null, end: { seq: 1, lines: 1 } })
  expect(whole.message).toBe('The consent ledger is as it was written, every line of it (1).')
  expect(await ask({ keptSeq: 1, keptHash: whole.end.hash })).toMatchObject({ intact: true })
  expect(await ask({ keptSeq: 1, keptHash: 'a'.repeat(64) })).toMatchObject({
    fault: { kind: 'not_the_kept_one' },
  })
  await byOwner(`delete from consents where workspace_id = $1`, workspaceId)
  expect((await ask({}, 'id')).message).toMatch(/^1 catatan dihapus dari mata rantai 1, dari \d+ \w+ \d{4}/)
})

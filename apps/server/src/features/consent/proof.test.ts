import { consentProofOperations as operations, contactOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../../testing/test-app.ts'
import { drawable } from './proof-pdf.ts'

const database = await testDatabase({ poolMax: 12 })
const world = await createTestApp(database)
const sari = await world.addPerson({ name: 'Sari' })
const workspaceId: WorkspaceId = await world.addWorkspace(sari, 'Kopi Melati')
const hostile = '=HYPERLINK("http://x") <script>alert(1)</script> \u202Egnp.exe \u0007 العربية 漢字 🙏'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const add = async (phone: string, fullName: string, consentWording?: string): Promise<string> =>
  (await sari.browser.call(contactOperations.create, { body: { phone, fullName, consentWording } })).json().id
const audited = async (action: string) => {
  const { rows } = await database.pool.query(
    'select subject_id as subject from audit_log where workspace_id = $1 and action = $2',
    [workspaceId, action],
  )
  return rows
}

describe('the proof of one person', () => {
  let contactId: string
  beforeAll(async () => {
    contactId = await add('081200000001', hostile, hostile)
    await world.core.clock.advanceBy(60_000)
    await sari.browser.call(contactOperations.optOut, { params: { contactId }, body: { note: 'asked us' } })
  })
  const ask = async () => (await sari.browser.call(operations.proof, { params: { contactId } })).json()

  test('holds every line with its place in the chain, in words of the zone, and hashes anybody can recompute', async () => {
    const proof = await ask()
    expect(proof).toMatchObject({
      workspace: 'Kopi Melati',
      timeZone: 'Asia/Jakarta',
      intact: true,
      contact: { id: contactId, addresses: ['+6281200000001'] },
      end: { seq: 2, lines: 2 },
      lines: [
        { state: 'granted', holds: true, erased: false, link: { seq: 1, place: 1, lines: 1 } },
        { state: 'withdrawn', wording: 'asked us', source: 'manual', holds: true, link: { seq: 2 } },
      ],
    })
    expect(proof.lines[0].localTime).toMatch(/WIB|GMT\+7/)
    for (const line of proof.lines) {
      expect(sha256(line.hashed)).toBe(line.hash)
      expect(JSON.parse(line.hashed)).toContain(line.id)
    }
    expect(await audited('consent.proof')).toEqual([{ subject: contactId }])
  })

  test('can be printed, whatever the texts hold', async () => {
    for (const language of ['id', 'en']) {
      const answer = await sari.browser.call(operations.proofPdf, {
        params: { contactId },
        headers: { 'accept-language': language },
      })
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe('application/pdf')
      expect(answer.text.startsWith('%PDF-1.')).toBe(true)
      expect(answer.text.trimEnd().endsWith('%%EOF')).toBe(true)
    }
  })

  test('says which line was changed afterwards', async () => {
    await database.pool.query(
      `begin; alter table consents disable trigger user; update consents set wording = 'yes, everything' where wording = 'asked us';
       alter table consents enable trigger user; commit`,
    )
    expect(await ask()).toMatchObject({ intact: false, lines: [{ holds: true }, { holds: false }] })
    await database.pool.query(
      `begin; alter table consents disable trigger user; update consents set wording = 'asked us' where wording = 'yes, everything';
       alter table consents enable trigger user; commit`,
    )
    expect(await ask()).toMatchObject({ intact: true })
  })

  test('is for people who may hand out personal data', async () => {
    const viewer = await world.addPerson({ name: 'Budi' })
    await world.addMember(workspaceId, viewer, 'viewer')
    const answer = await viewer.browser.call(operations.proof, { params: { contactId } })
    expect(answer.status).toBe(403)
  })
})

describe('the proof of a campaign', () => {
  const campaignId = world.core.newId('cmp')
  const runId = world.core.newId('run')
  const people: string[] = []

  beforeAll(async () => {
    people.push(await add('081200000011', 'Ani', 'Formulir'), await add('081200000012', 'Budi', hostile))
    people.push(await add('081200000013', 'Citra'))
    await world.core.clock.advanceBy(60_000)
    const frozenAt = world.core.now()
    await database.pool.query(
      `insert into campaigns (id, workspace_id, name, purpose, status, created_by) values ($1, $2, 'Promo', 'marketing', 'completed', 'x')`,
      [campaignId, workspaceId],
    )
    await database.pool.query(
      `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, created_by, started_at)
       values ($1, $2, $3, 1, 'completed', 'marketing', '{}', 's', 'x', $4)`,
      [runId, workspaceId, campaignId, frozenAt],
    )
    await database.pool.query('update campaigns set current_run_id = $2 where id = $1', [campaignId, runId])
    await database.pool.query(
      `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason, accepted_at)
       select 'rcp_' || i, $1, $2, $3, ($4::text[])[i], i, '+62', case i when 3 then 'skipped' else 'delivered' end,
         case i when 3 then 'no_consent' end, case i when 3 then null else $5::timestamptz end
       from generate_series(1, 3) i`,
      [workspaceId, campaignId, runId, people, frozenAt],
    )
    await world.core.clock.advanceBy(60_000)
    await sari.browser.call(contactOperations.optOut, {
      params: { contactId: people[0] ?? '' },
      body: { note: 'later' },
    })
  })

  test('names for each recipient the consent that counted at the freeze, not what came later, and hashes the lines', async () => {
    const answer = await sari.browser.call(operations.campaignProof, { params: { campaignId } })
    expect(answer.headers['content-type']).toBe('application/x-ndjson')
    const lines = answer.text.trimEnd().split('\n')
    const [head, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const totals = rest.pop()
    expect(head).toMatchObject({
      kind: 'campaign_consent_proof',
      campaign: 'Promo',
      intact: true,
      purpose: 'marketing',
    })
    expect(rest).toMatchObject([
      { sequence: 1, name: 'Ani', status: 'delivered', consent: { state: 'granted', wording: 'Formulir' } },
      {
        sequence: 2,
        name: 'Budi',
        consent: { state: 'granted', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
      { sequence: 3, status: 'skipped', reason: 'no_consent', consent: null },
    ])
    expect(totals).toEqual({
      kind: 'totals',
      recipients: 3,
      sent: 2,
      sentWithConsent: 2,
      skipped: 1,
      sha256: sha256(
        lines
          .slice(1, -1)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    })
    expect(await audited('campaign.proof')).toEqual([{ subject: campaignId }])
  })

  test('can be printed, and tells how many recipients it does not show', async () => {
    const answer = await sari.browser.call(operations.campaignProofPdf, { params: { campaignId } })
    expect(answer.status).toBe(200)
    expect(answer.text.startsWith('%PDF-1.')).toBe(true)
  })

  test('is not found for a run of another campaign', async () => {
    const query = { run: world.core.newId('run') }
    const answer = await sari.browser.call(operations.campaignProof, { params: { campaignId }, query })
    expect(answer.status).toBe(404)
  })
})

test('letters that cannot be drawn, and marks that would turn or hide others, are written by their code', () => {
  const latin = (codePoint: number) => codePoint < 0x250
  expect(drawable('Siti é\n\tAminah', latin)).toBe('Siti é Aminah')
  expect(drawable('a\u202Eb\u0007漢\u{1F64F}', latin)).toBe('a\\u{202e}b\\u{7}\\u{6f22}\\u{1f64f}')
  expect(drawable('x'.repeat(5000), latin)).toMatch(/^x{4000} /)
})

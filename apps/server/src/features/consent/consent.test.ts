import type { ContactId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createContactsService } from '../contacts/index.ts'
import { createConsentService } from './index.ts'

const database = await testDatabase()
const core = createTestCore(database)
const consent = createConsentService(core)
const contacts = createContactsService(core)
const owner = buildActor(core)
let workspaceId = await buildWorkspace(core)
let contactId: ContactId

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
  const contact = await contacts.create(workspaceId, owner, {
    phone: '0812 0000 0001',
    fullName: 'Siti Aminah',
    consentWording: 'Mengisi formulir di toko',
  })
  contactId = contact.id
})

const state = async () => {
  const { marketingConsent, suppressed } = await contacts.get(workspaceId, contactId)
  return { marketingConsent, suppressed }
}
const ledger = async () =>
  (await consent.listConsents(workspaceId, contactId)).map((row) => [row.state, row.source])
const say = (text: string, at = core.now()) =>
  core.inWorkspace(workspaceId, (scope) =>
    consent.ledger.applyKeyword(scope, { contactId, text, at, messageId: 'm1' }),
  )

describe('the ledger', () => {
  test('derives the state of a contact and keeps every line', async () => {
    await core.clock.advanceBy(1000)
    await consent.recordConsent(workspaceId, owner, {
      contactId,
      state: 'withdrawn',
      wording: 'Minta lewat telepon',
    })
    expect(await state()).toEqual({ marketingConsent: 'withdrawn', suppressed: null })
    expect(await ledger()).toEqual([
      ['withdrawn', 'attestation'],
      ['granted', 'attestation'],
    ])
  })

  test('cannot be changed or emptied by the workspace itself', async () => {
    await expect(
      core.inWorkspace(workspaceId, (scope) => scope.execute(`update consents set wording = 'other'`)),
    ).rejects.toThrow()
    await expect(
      core.inWorkspace(workspaceId, (scope) => scope.execute('delete from consents')),
    ).rejects.toThrow()
  })

  test('of a contact elsewhere does not exist', async () => {
    const elsewhere = await buildWorkspace(core)
    await expect(consent.listConsents(elsewhere, contactId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(consent.optOut(elsewhere, owner, contactId, '')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('opting out', () => {
  test('withdraws consent and suppresses every address, and twice equals once', async () => {
    await core.inWorkspace(workspaceId, (scope) =>
      scope.execute(
        `insert into addresses (id, workspace_id, contact_id, kind, value) values ('adr_lid', $1, $2, 'lid', '123@lid')`,
        [workspaceId, contactId],
      ),
    )
    expect(await consent.optOut(workspaceId, owner, contactId, 'minta berhenti')).toEqual({ suppressed: 2 })
    expect(await consent.optOut(workspaceId, owner, contactId, 'lagi')).toEqual({ suppressed: 2 })
    expect(await state()).toEqual({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
    expect((await ledger()).filter(([word]) => word === 'withdrawn')).toHaveLength(1)
    const { total } = await consent.listSuppressions(workspaceId, { limit: 10 })
    expect(total).toBe(2)
  })

  test('at the same moment from two sides writes one line', async () => {
    await Promise.all([
      consent.optOut(workspaceId, owner, contactId, ''),
      consent.optOut(workspaceId, owner, contactId, ''),
    ])
    expect((await ledger()).filter(([word]) => word === 'withdrawn')).toHaveLength(1)
  })

  test('outlives the contact: a new contact with the number is suppressed', async () => {
    await consent.optOut(workspaceId, owner, contactId, '')
    await contacts.remove(workspaceId, owner, contactId)
    const again = await contacts.create(workspaceId, owner, { phone: '+62 812-0000-0001' })
    expect(again).toMatchObject({ suppressed: 'unsubscribed', marketingConsent: 'unknown' })
  })
})

describe('keywords', () => {
  test.each(['STOP', 'berhenti', 'Unsubscribe!', 'tolong stop ya kak'])('"%s" opts out', async (text) => {
    expect(await say(text)).toEqual({ action: 'opted_out', suppressed: 1, changed: true })
    expect(await state()).toEqual({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
    expect(await say(text)).toEqual({ action: 'opted_out', suppressed: 1, changed: false })
  })

  test('an ordinary sentence does nothing', async () => {
    expect(await say('jangan lupa halte bus stop ya')).toMatchObject({ action: 'none', changed: false })
    expect(await state()).toEqual({ marketingConsent: 'granted', suppressed: null })
  })

  test('an opt-in lifts what the own opt-out put up, and says so in the ledger', async () => {
    await say('STOP')
    await core.clock.advanceBy(60_000)
    expect(await say('MULAI')).toEqual({ action: 'opted_in', suppressed: 0, changed: true })
    expect(await state()).toEqual({ marketingConsent: 'granted', suppressed: null })
    expect((await ledger())[0]).toEqual(['granted', 'keyword'])
  })

  test('an opt-in that came late does not undo a later opt-out', async () => {
    const before = core.now()
    await core.clock.advanceBy(60_000)
    await say('STOP')
    expect(await say('MULAI', before)).toMatchObject({ action: 'none' })
    expect(await state()).toEqual({ marketingConsent: 'withdrawn', suppressed: 'unsubscribed' })
  })

  test('an opt-in leaves a suppression that a member put up', async () => {
    await consent.addSuppression(workspaceId, owner, { phone: '081200000001', note: '' })
    await say('MULAI')
    expect((await state()).suppressed).toBe('manual')
  })
})

describe('the suppression list', () => {
  test('takes a number however it is typed, once', async () => {
    const added = await consent.addSuppression(workspaceId, owner, { phone: '(0812) 0000-0001', note: 'n' })
    expect(added).toMatchObject({ value: '+6281200000001', reason: 'manual', contactId })
    await expect(
      consent.addSuppression(workspaceId, owner, { phone: '6281200000001', note: '' }),
    ).rejects.toMatchObject({ code: 'already_exists' })
    await expect(consent.addSuppression(workspaceId, owner, { phone: '12', note: '' })).rejects.toMatchObject(
      {
        code: 'invalid_phone',
      },
    )
  })

  test('lifting one needs no consent, gives none, and is audited with its reason', async () => {
    await consent.optOut(workspaceId, owner, contactId, '')
    const { rows } = await consent.listSuppressions(workspaceId, { limit: 10, search: '0812 0000' })
    await consent.removeSuppression(workspaceId, owner, rows[0]?.id as never, 'Salah nomor')
    expect(await state()).toEqual({ marketingConsent: 'withdrawn', suppressed: null })
    expect(core.audits.at(-1)).toMatchObject({
      action: 'suppression.remove',
      details: { reason: 'Salah nomor' },
    })
  })

  test('pages through all entries without doubling or missing one', async () => {
    for (let index = 0; index < 7; index += 1) {
      await consent.addSuppression(workspaceId, owner, { phone: `08130000000${index}`, note: '' })
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await consent.listSuppressions(workspaceId, { limit: 3, cursor })
      expect(page.total).toBe(7)
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(7)
  })
})

import { contactOperations, personDataOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../../testing/test-app.ts'

const world = await createTestApp(await testDatabase())
const owner = await world.addPerson({ name: 'Sari' })
const workspaceId: WorkspaceId = await world.addWorkspace(owner, 'Kopi Melati')

test('one document holds everything about a person, and nothing about another', async () => {
  const add = async (phone: string, fullName: string) =>
    (
      await owner.browser.call(contactOperations.create, {
        body: { phone, fullName, consentWording: `signed up: ${fullName}` },
      })
    ).json().id as string
  const [ani, budi] = [await add('081200000001', 'Ani'), await add('081200000002', 'Budi')]
  await world.core.clock.advanceBy(1000)
  await owner.browser.call(contactOperations.optOut, {
    params: { contactId: ani },
    body: { note: 'asked us' },
  })
  for (const [id, contactId] of [
    ['msg_1', ani],
    ['msg_2', budi],
  ]) {
    await world.core.database.pool.query(
      `insert into messages (id, workspace_id, contact_id, sender_id, direction, text, at) values ($1, $2, $3, 'snd', 'in', $1, now())`,
      [id, workspaceId, contactId],
    )
  }
  const answer = await owner.browser.call(personDataOperations.export, { params: { contactId: ani } })
  expect(answer.status).toBe(200)
  expect(answer.json()).toMatchObject({
    contact: { fullName: 'Ani', phone: '+6281200000001' },
    addresses: [{ kind: 'phone', value: '+6281200000001' }],
    consents: [
      { state: 'granted', wording: 'signed up: Ani' },
      { state: 'withdrawn', source: 'manual' },
    ],
    suppressions: [{ value: '+6281200000001', reason: 'unsubscribed' }],
    messages: [{ direction: 'in', text: 'msg_1', sender: null }],
    campaigns: [],
    clicks: [],
  })
  expect(answer.text).not.toContain('Budi')
  const { rows } = await world.core.database.pool.query(
    `select count(*)::int as count from audit_log where action = 'contact.export_person' and subject_id = $1`,
    [ani],
  )
  expect(rows).toEqual([{ count: 1 }])
})

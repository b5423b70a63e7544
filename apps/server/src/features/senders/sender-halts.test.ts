import { senderHaltOperations, senderOperations } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestApp } from '../../testing/test-app.ts'

const database = await testDatabase()
const { core, services, addPerson, addWorkspace, addMember } = await createTestApp(database)
const owner = await addPerson({ name: 'Pemilik' })
const workspaceId = await addWorkspace(owner, 'Toko Sari')
const there = owner.browser.with({ 'x-siar-workspace': workspaceId })

const alarm = { harm: 'block', harmed: 12, messages: 180, usualOneOf: 300, span: 'today' } as const

const addHalted = async (): Promise<string> => {
  const made = await there.call(senderOperations.create, { body: { name: 'Nomor', channel: 'simulator' } })
  const id = String(made.json().id)
  await services.senderHalts.halt(workspaceId, id, alarm)
  return id
}

test('a halt speaks the language of the request', async () => {
  const id = await addHalted()
  const words = {
    id: '12 dari 180 orang memblokir atau melaporkan nomor ini hari ini; biasanya 1 dari 300.',
    en: '12 of 180 people blocked or reported this number today; usually 1 of 300.',
  }
  for (const language of ['id', 'en'] as const) {
    const caller = there.with({ 'accept-language': language })
    const one = await caller.call(senderOperations.get, { params: { senderId: id } })
    expect(one.json().halt).toMatchObject({ reason: 'guardian', text: words[language], senderId: id })
    const all = await caller.call(senderOperations.list)
    expect(all.text).toContain(words[language])
  }
})

test('only who may manage senders releases one, early only on their own word', async () => {
  const id = await addHalted()
  const params = { senderId: id }
  const operator = await addPerson({ name: 'Operator' })
  await addMember(workspaceId, operator, 'operator')
  const theirs = operator.browser.with({ 'x-siar-workspace': workspaceId })
  expect(
    (await theirs.call(senderHaltOperations.release, { params, body: { confirmEarly: true } })).status,
  ).toBe(403)
  const early = await there.call(senderHaltOperations.release, { params, body: {} })
  expect([early.status, early.json().code]).toEqual([409, 'halt_not_over'])
  const done = await there.call(senderHaltOperations.release, { params, body: { confirmEarly: true } })
  expect([done.status, done.json().halt]).toEqual([200, null])
  await services.senderHalts.halt(workspaceId, id, alarm)
  await core.clock.advanceBy(10 * 86_400_000)
  const later = await there.call(senderHaltOperations.release, { params, body: {} })
  expect([later.status, later.json().halt]).toEqual([200, null])
})

test('of several that halt a sender at once one does, and one event is written', async () => {
  const made = await there.call(senderOperations.create, { body: { name: 'Nomor', channel: 'simulator' } })
  const id = String(made.json().id)
  const halts = await Promise.all([1, 2, 3].map(() => services.senderHalts.halt(workspaceId, id, alarm)))
  expect(halts.filter((halt) => halt !== null)).toHaveLength(1)
  const events = await there.call(senderOperations.listEvents, { params: { senderId: id } })
  const kinds = (events.json().data as { kind: string }[]).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'guardian_halted')).toHaveLength(1)
})

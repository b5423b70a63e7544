import type { TemplateId } from '@siar/domain'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterEach, expect, test, vi } from 'vitest'
import { buildApprovedStage } from './approved-stage.fixtures.ts'
import type { CloudApiStage } from './cloud-api.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
let stage: CloudApiStage | null = null

afterEach(async () => {
  await stage?.close()
  stage = null
})

async function begin() {
  const made = await buildApprovedStage(database)
  stage = made
  return made
}

const text = '{Halo|Hai} {name}, ada promo untuk Anda hari ini.'

test('people outside of the window get the approved template with their values, those inside get free text', async () => {
  const { shop, approve, addPeople, runUntilFigures, network } = await begin()
  const open = await addPeople(1, true)
  const shut = await addPeople(3, false)
  const draft = await shop.draft({}, text)
  const before = await shop.forecasts.forecast(shop.workspaceId, draft.id, 'en')
  expect(before.skipped).toEqual([{ reason: 'window_closed', count: 3 }])
  expect(before.warnings.map(({ code }) => code)).toContain('template_not_approved')
  const name = await approve(draft.templateId ?? '')
  const after = await shop.forecasts.forecast(shop.workspaceId, draft.id, 'en')
  expect(after).toMatchObject({ recipients: 4, skipped: [] })
  expect(after.warnings.map(({ code }) => code)).not.toContain('template_not_approved')
  const send = vi.spyOn((stage as CloudApiStage).session(), 'send')
  await shop.start(draft.id)
  await runUntilFigures(draft.id, { total: 4, sent: 4, skipped: 0, failed: 0 })
  const frames = await network.control.frames()
  expect(frames.map(({ to }) => to).sort()).toEqual([...open, ...shut].map(({ phone }) => phone).sort())
  const sentTo = new Map(send.mock.calls.map(([message]) => [message.to, message]))
  expect(sentTo.get(open[0]?.phone ?? '')).not.toHaveProperty('template')
  const names = await shop.query<{ name: string; phone: string }>(
    `select c.full_name as name, a.value as phone from contacts c join addresses a on a.contact_id = c.id
     where c.workspace_id = $1`,
    [shop.workspaceId],
  )
  for (const { phone } of shut) {
    const person = names.find((row) => row.phone === phone)?.name
    expect(sentTo.get(phone)).toMatchObject({
      text: `Halo ${person}, ada promo untuk Anda hari ini.`,
      template: { name, language: 'id', category: 'MARKETING', body: [{ name: 'name', text: person }] },
    })
  }
})

test('an approved text carries the own link to stop of each person as one of its values', async () => {
  const { shop, approve, addPeople, runUntilFigures } = await begin()
  const people = await addPeople(2, false)
  const draft = await shop.draft({}, 'Halo {name}, ada promo. Berhenti: {opt_out_link} kapan saja.')
  await approve(draft.templateId ?? '')
  const send = vi.spyOn((stage as CloudApiStage).session(), 'send')
  await shop.start(draft.id)
  await runUntilFigures(draft.id, { total: 2, sent: 2, skipped: 0, failed: 0 })
  const links = send.mock.calls.map(([{ text: read, template }]) => {
    const link = template?.body.find(({ name }) => name === 'opt_out_link')?.text ?? ''
    expect(link).toMatch(/^https?:\/\/\S+$/)
    expect(read).toContain(`Berhenti: ${link} kapan saja.`)
    return link
  })
  expect(new Set(links).size).toBe(people.length)
})

test('a text that was changed since its approval is not sent outside of the window', async () => {
  const { shop, approve, addPeople, runUntilFigures } = await begin()
  await addPeople(2, false)
  await addPeople(1, true)
  const { id, templateId } = await shop.draft({}, text)
  await approve(templateId ?? '')
  await shop.query(`update templates set texts = $2 where id = $1`, [
    templateId,
    JSON.stringify({ id: 'Halo {name}, ini teks yang lain sama sekali.' }),
  ])
  await shop.start(id)
  await runUntilFigures(id, { total: 3, sent: 1, skipped: 2 })
  expect(await shop.reasons(id)).toEqual({ window_closed: 2 })
})

test('a template that Meta pauses midway halts the campaign, and nobody is lost', async () => {
  const { shop, approve, meta, wabaOf, addPeople, runUntil, frames } = await begin()
  await addPeople(4, false)
  const { id, templateId } = await shop.draft({}, text)
  const name = await approve(templateId ?? '')
  meta.setTemplate(await wabaOf(), name, 'id', 'PAUSED')
  const paused = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
  expect(paused.recipients).toBe(4)
  await shop.start(id)
  await runUntil(async () => expect((await shop.get(id)).status).toBe('halted'))
  const halted = await shop.get(id)
  expect(halted.halt?.reason).toBe('template_rejected')
  expect(halted.halt?.text).not.toBe('')
  expect(await frames()).toHaveLength(0)
  await runUntil(async () =>
    expect((await shop.get(id)).figures).toMatchObject({ queued: 4, failed: 0, skipped: 0 }),
  )
})

test('what Meta tells of a pause halts the campaigns that are under way with the text', async () => {
  const { shop, approve, approvals, senderId, meta, wabaOf, addPeople, runUntil } = await begin()
  await addPeople(2, false)
  const { id, templateId } = await shop.draft({}, text)
  const name = await approve(templateId ?? '')
  await shop.query(`update senders set use_for_campaigns = true, status = 'online' where id = $1`, [senderId])
  await shop.start(id)
  await shop.query(`update recipients set due_at = now() + interval '1 day' where campaign_id = $1`, [id])
  meta.setTemplate(await wabaOf(), name, 'id', 'PAUSED', 'FIRST_PAUSE')
  await approvals.sync.look(shop.workspaceId, await wabaOf())
  await runUntil(async () => expect((await shop.get(id)).status).toBe('halted'))
  const warnings = (
    await shop.forecasts.forecast(shop.workspaceId, (await shop.draft({ templateId })).id, 'en')
  ).warnings
  expect(warnings.map(({ code }) => code)).toContain('template_paused')
})

test('an old rejection of a text halts nobody: neither who needs no approval, nor who has a newer one', async () => {
  const { shop, approve, approvals, meta, wabaOf, addPeople } = await begin()
  await addPeople(2, true)
  const { id, templateId } = await shop.draft({}, text)
  meta.addReviewRule({ end: 'reject', reason: 'INCORRECT_CATEGORY' })
  const wabaId = await wabaOf()
  const body = { language: 'id' as const, wabaId, category: 'UTILITY' as const, examples: {} }
  await approvals.submit(shop.workspaceId, shop.actor, 'id', templateId as TemplateId, body)
  await shop.start(id)
  await shop.query(`update recipients set due_at = now() + interval '1 day' where campaign_id = $1`, [id])
  await waitUntil(async () => {
    await approvals.sync.look(shop.workspaceId, wabaId)
    const found = await approvals.list(shop.workspaceId, 'id', templateId as TemplateId)
    return found.approvals[0]?.status === 'rejected'
  })
  expect((await shop.get(id)).status).toBe('running')
  meta.addReviewRule({ end: 'approve' })
  await approve(templateId ?? '')
  await approvals.sync.look(shop.workspaceId, wabaId)
  expect((await shop.get(id)).status).toBe('running')
})

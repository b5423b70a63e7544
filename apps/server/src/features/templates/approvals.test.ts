import { AppError } from '@siar/domain'
import type { ApprovalId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import { settleMs } from './approval-change.ts'
import { buildApprovalStage } from './approvals.fixtures.ts'
import type { ApprovalStage } from './approvals.fixtures.ts'

const database = await testDatabase()
let stage: ApprovalStage
beforeAll(async () => {
  stage = await buildApprovalStage(database)
})
afterAll(() => stage.close())

/** The review may be over before the answer is read. */
const underReview = expect.stringMatching(/^(pending|approved)$/) as string

const bodyFor = ({ wabaId }: ApprovalStage, more: object = {}) => ({
  language: 'id' as const,
  wabaId,
  category: 'MARKETING' as const,
  examples: {},
  ...more,
})

const submit = async (templateId: Awaited<ReturnType<ApprovalStage['addTemplate']>>, more: object = {}) => {
  await stage.core.clock.advanceBy(1_000)
  return stage.approvals.submit(stage.workspaceId, stage.actor, 'en', templateId, bodyFor(stage, more))
}

const list = (templateId: Awaited<ReturnType<ApprovalStage['addTemplate']>>) =>
  stage.approvals.list(stage.workspaceId, 'en', templateId)

describe('a text submitted to Meta', () => {
  test('is pending, becomes approved when Meta says so, and is read back with what Meta sees', async () => {
    const templateId = await stage.addTemplate()
    const submitted = await submit(templateId)
    expect(submitted).toMatchObject({
      status: underReview,
      body: 'Halo {{name}}, ada diskon untuk Anda.',
      footer: 'Balas STOP untuk berhenti',
      category: 'MARKETING',
      isCurrent: true,
    })
    expect(submitted.name).toMatch(/^promo_jumat_[a-z0-9_]+$/)
    await stage.untilStatus(templateId, 'approved')
    expect(stage.core.audits.at(-1)).toMatchObject({ action: 'template.submit', subjectId: templateId })
  })

  test('is submitted once: the same text again is refused, another text is another submission', async () => {
    const templateId = await stage.addTemplate()
    await submit(templateId)
    await expect(submit(templateId)).rejects.toMatchObject({ code: 'approval_exists' })
    await stage.untilStatus(templateId, 'approved')
    await stage.templates.update(stage.workspaceId, stage.actor, 'en', templateId, {
      texts: { id: 'Halo {name=Kak}, promo baru untuk Anda.' },
    })
    expect((await list(templateId)).approvals).toMatchObject([{ status: 'approved', isCurrent: false }])
    await submit(templateId)
    expect((await list(templateId)).approvals.map(({ isCurrent }) => isCurrent)).toEqual([true, false])
  })

  test('carries an example of its picture, and asks for the App ID where Meta needs one', async () => {
    const mediaId = await stage.addImage()
    const templateId = await stage.addTemplate({ mediaId })
    expect(await submit(templateId)).toMatchObject({ status: underReview, header: 'image' })
    const bare = await buildApprovalStage(database, { appId: false })
    const other = await bare.addTemplate({ mediaId: await bare.addImage() })
    const asked = bare.approvals.submit(bare.workspaceId, bare.actor, 'en', other, bodyFor(bare))
    await expect(asked).rejects.toMatchObject({ code: 'approval_app_id_needed' })
    expect(await bare.statusOf(other)).toEqual([])
    await bare.close()
  })

  test('that cannot be approved is refused with every reason, and nothing reaches Meta', async () => {
    const templateId = await stage.addTemplate({ texts: { id: '{name=}, promo' } })
    const { drafts } = await list(templateId)
    expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['variable_at_edge', 'empty_default'])
    await expect(submit(templateId)).rejects.toMatchObject({
      code: 'approval_impossible',
      details: { problems: [{ code: 'variable_at_edge' }, { code: 'empty_default' }] },
    })
    expect(await stage.statusOf(templateId)).toEqual([])
  })

  test('which Meta refuses leaves nothing behind but its reason, in plain words where it is known', async () => {
    const templateId = await stage.addTemplate()
    stage.world.server.control.addRule({
      call: 'management',
      objectId: stage.wabaId,
      count: 1,
      end: { kind: 'error', code: 100, subcode: 2388293, status: 400 },
    })
    await expect(submit(templateId)).rejects.toMatchObject({
      code: 'approval_refused',
      details: { metaCode: '2388293', reason: expect.stringContaining('too many variables') as string },
    })
    expect(await stage.statusOf(templateId)).toEqual([])
  })

  test('with only the first of several ways to say it, and the draft tells how many were left', async () => {
    const templateId = await stage.addTemplate({
      texts: { id: '{Halo|Hai} Kak, ada {promo|diskon} hari ini' },
    })
    expect((await list(templateId)).drafts).toMatchObject([
      { body: 'Halo Kak, ada promo hari ini', choicesFixed: 2, problems: [] },
    ])
  })
})

describe('what Meta decides', () => {
  test('a rejection comes with its reason in plain words, and may be submitted again', async () => {
    const templateId = await stage.addTemplate()
    stage.world.server.control.addReviewRule({ end: 'reject', reason: 'SCAM' })
    await submit(templateId)
    await stage.untilStatus(templateId, 'rejected')
    expect((await list(templateId)).approvals[0]?.reason).toBe('Meta finds that it looks like a scam.')
    stage.world.server.control.addReviewRule({ end: 'approve' })
    await submit(templateId)
    expect(await stage.statusOf(templateId)).toEqual([underReview, 'rejected'])
  })

  test('a change of category is kept beside what was asked for', async () => {
    const templateId = await stage.addTemplate({ category: 'service' })
    expect((await list(templateId)).categorySuggested).toBe('UTILITY')
    stage.world.server.control.addReviewRule({ end: 'recategorise', category: 'MARKETING' })
    await submit(templateId, { category: 'UTILITY' })
    await stage.untilStatus(templateId, 'approved')
    await expect
      .poll(async () => (await list(templateId)).approvals[0])
      .toMatchObject({ categoryAsked: 'UTILITY', category: 'MARKETING' })
    stage.world.server.control.addReviewRule({ end: 'approve' })
  })

  test('a webhook that is older than the last one changes nothing, and twice equals once', async () => {
    const templateId = await stage.addTemplate()
    const { name, remoteLanguage } = await submit(templateId)
    await stage.untilStatus(templateId, 'approved')
    const { senderId, workspaceId } = stage
    const told = (status: 'PAUSED' | 'APPROVED', at: string) => ({
      type: 'template' as const,
      remoteId: '0',
      name,
      language: remoteLanguage,
      status,
      category: null,
      reason: status === 'PAUSED' ? 'FIRST_PAUSE' : null,
      at: new Date(at),
    })
    const paused = told('PAUSED', '2099-01-02T00:00:00Z')
    await stage.approvals.sync.take({ workspaceId, senderId }, [paused])
    await stage.approvals.sync.take({ workspaceId, senderId }, [
      told('APPROVED', '2099-01-01T00:00:00Z'),
      paused,
    ])
    expect((await list(templateId)).approvals[0]).toMatchObject({
      status: 'paused',
      reason: expect.stringContaining('3 hours') as string,
    })
  })

  test('is found by looking too: what was altered or deleted at Meta may not be sent any more', async () => {
    const templateId = await stage.addTemplate()
    const { name } = await submit(templateId)
    await stage.untilStatus(templateId, 'approved')
    await database.pool.query(`update template_approvals set body = body || ' Segera!' where name = $1`, [
      name,
    ])
    const refresh = () => stage.approvals.refresh(stage.workspaceId, 'en', templateId)
    expect((await refresh()).approvals).toMatchObject([{ status: 'altered' }])
    await database.pool.query(`update template_approvals set remote_id = '1' where name = $1`, [name])
    expect((await refresh()).approvals).toMatchObject([{ status: 'removed' }])
  })
})

describe('a submission whose end is not known', () => {
  const lost = () => new AppError('sender_unreachable', { reason: 'timeout' })

  test('is looked up: what Meta has is taken over by its name', async () => {
    const templateId = await stage.addTemplate()
    const first = await submit(templateId)
    await stage.untilStatus(templateId, 'approved')
    await database.pool.query(
      `update template_approvals set status = 'submitting', remote_id = null where name = $1`,
      [first.name],
    )
    await stage.approvals.refresh(stage.workspaceId, 'en', templateId)
    expect(await stage.statusOf(templateId)).toEqual(['approved'])
  })

  test('which Meta never got is given up after a while, and may be submitted again', async () => {
    const templateId = await stage.addTemplate()
    stage.failNext(lost())
    expect(await submit(templateId)).toMatchObject({ status: 'submitting' })
    await expect(submit(templateId)).rejects.toMatchObject({ code: 'approval_exists' })
    const refresh = () => stage.approvals.refresh(stage.workspaceId, 'en', templateId)
    expect((await refresh()).approvals).toMatchObject([{ status: 'submitting' }])
    await stage.core.clock.advanceBy(settleMs)
    expect((await refresh()).approvals).toMatchObject([{ status: 'failed' }])
    expect(await submit(templateId)).toMatchObject({ status: underReview })
  })

  test('when certainly nothing left, nothing is kept', async () => {
    const templateId = await stage.addTemplate()
    stage.failNext(new AppError('sender_unreachable', { reason: 'not_connected' }))
    await expect(submit(templateId)).rejects.toMatchObject({ code: 'sender_unreachable' })
    expect(await stage.statusOf(templateId)).toEqual([])
  })
})

describe('withdrawing', () => {
  test('deletes it at Meta and here', async () => {
    const templateId = await stage.addTemplate()
    const { id } = await submit(templateId)
    await stage.untilStatus(templateId, 'approved')
    await stage.approvals.withdraw(stage.workspaceId, stage.actor, templateId, id as ApprovalId)
    expect(await stage.statusOf(templateId)).toEqual([])
    expect(stage.core.audits.at(-1)).toMatchObject({ action: 'template.withdraw' })
    expect(await submit(templateId)).toMatchObject({ status: underReview })
  })
})

describe('the walls between workspaces', () => {
  test('an account of others is not found, and what they submitted is not theirs to see or change', async () => {
    const templateId = await stage.addTemplate()
    const { id } = await submit(templateId)
    const stranger = await buildWorkspace(stage.core)
    const { approvals, actor } = stage
    await expect(approvals.list(stranger, 'en', templateId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(approvals.withdraw(stranger, actor, templateId, id as ApprovalId)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(submit(templateId, { wabaId: '99999999' })).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('the schedule asks every account that something was submitted to, each once', async () => {
  const templateId = await stage.addTemplate()
  await submit(templateId)
  await stage.untilStatus(templateId, 'approved')
  await database.pool.query(`update template_approvals set status = 'pending' where template_id = $1`, [
    templateId,
  ])
  await stage.approvals.sync.queueLooks()
  await stage.core.jobs.drain()
  expect(await stage.statusOf(templateId)).toEqual(['approved'])
})

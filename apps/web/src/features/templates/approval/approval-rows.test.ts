import type { ApprovalDraft, TemplateApproval, TemplateApprovals } from '@siar/contract'
import { expect, test } from 'vitest'
import { approvalRows } from './approval-rows.ts'

const draft = { language: 'id', body: 'Halo', problems: [] } as unknown as ApprovalDraft

const approval = (id: string, more: Partial<TemplateApproval>): TemplateApproval =>
  ({ id, language: 'id', wabaId: '1', status: 'approved', isCurrent: true, ...more }) as TemplateApproval

const rowOf = (...approvals: TemplateApproval[]) =>
  approvalRows({ drafts: [draft], approvals } as unknown as TemplateApprovals, '1')[0]

test('a text that nobody submitted to this account may be submitted', () => {
  expect(rowOf()).toMatchObject({ approval: null, canSubmit: true })
  expect(rowOf(approval('other', { wabaId: '2' }))).toMatchObject({ approval: null, canSubmit: true })
})

test('what says the text of now counts before what is newer', () => {
  const rows = [approval('newer', { isCurrent: false }), approval('current', {})]
  expect(rowOf(...rows)).toMatchObject({ approval: { id: 'current' }, canSubmit: false })
})

test('a changed or rejected text may be submitted again, one that is paused not', () => {
  expect(rowOf(approval('old', { isCurrent: false }))?.canSubmit).toBe(true)
  expect(rowOf(approval('no', { status: 'rejected' }))?.canSubmit).toBe(true)
  expect(rowOf(approval('wait', { status: 'paused' }))?.canSubmit).toBe(false)
})

import type { BodyOf, TemplateApproval, TemplateApprovals } from '@siar/contract'
import type { templateApprovalOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { ApprovalId, ApprovalText, MediaId, SenderId, TemplateId, WorkspaceId } from '@siar/domain'
import {
  AppError,
  approvalProblemText,
  approvalReasonText,
  isAppError,
  isKnownApprovalReason,
} from '@siar/domain'
import type { TemplateSubmission } from '@siar/channel'
import type { Actor, Core, Language } from '../../core.ts'
import { findMedia } from '../media/index.ts'
import type { MediaRow } from '../media/index.ts'
import type { CallValues, SenderDesk } from '../senders/index.ts'
import { listAccountSenders } from './approval-accounts.repo.ts'
import type { AccountSender } from './approval-accounts.repo.ts'
import { statusOf } from './approval-change.ts'
import { compileText, exampleOf, remoteLanguages } from './approval-draft.ts'
import type { TemplateToApprove } from './approval-draft.ts'
import { remoteName } from './approval-name.ts'
import { createApprovalSync, sendersToAsk } from './approval-sync.ts'
import type { ApprovalSync, HaltCampaign } from './approval-sync.ts'
import { presentApproval, presentApprovals } from './approvals.present.ts'
import {
  deleteApproval,
  findApproval,
  insertApproval,
  listApprovals,
  setSubmitted,
} from './approvals.repo.ts'
import type { ApprovalRow } from './approvals.repo.ts'
import { contentHashOf } from './content-hash.ts'
import { countOpenCampaigns, findTemplate, listCustomKeys } from './templates.repo.ts'

export type SubmitBody = BodyOf<typeof templateApprovalOperations.submit>

/** Approval of templates by Meta: what campaigns on Cloud API may send outside of the 24-hour window. */
export interface ApprovalService {
  readonly sync: ApprovalSync
  /** Campaigns are halted this way from now on, in a process that can tell people of it by mail. */
  attach(halt: HaltCampaign): void
  list(workspaceId: WorkspaceId, reader: Language, templateId: TemplateId): Promise<TemplateApprovals>
  /**
   * Submits one text to one account.
   *
   * When it is not known whether Meta took it, the answer has the status `submitting`, and the next look tells.
   *
   * @throws AppError `approval_impossible`, `approval_exists`, `approval_app_id_needed`, `approval_refused` with Meta's reason,
   *         `sender_unreachable` when nothing was submitted.
   */
  submit(
    workspaceId: WorkspaceId,
    actor: Actor,
    reader: Language,
    templateId: TemplateId,
    body: SubmitBody,
  ): Promise<TemplateApproval>
  /** Asks every account of the template that can be asked now. @throws AppError `sender_unreachable` when none can. */
  refresh(workspaceId: WorkspaceId, reader: Language, templateId: TemplateId): Promise<TemplateApprovals>
  /** @throws AppError `template_in_use` while a campaign that has not ended may send it. */
  withdraw(
    workspaceId: WorkspaceId,
    actor: Actor,
    templateId: TemplateId,
    approvalId: ApprovalId,
  ): Promise<void>
}

export function createApprovalService(
  core: Core,
  dependencies: { readonly desk: SenderDesk; readonly halt: HaltCampaign },
): ApprovalService {
  const { desk } = dependencies
  let { halt } = dependencies
  const sync = createApprovalSync(core, { desk, halt: (workspaceId, id) => halt(workspaceId, id) })
  const list: ApprovalService['list'] = (workspaceId, reader, templateId) =>
    core.inWorkspace(workspaceId, async (scope) => {
      const template = await getToApprove(scope, templateId)
      const rows = await listApprovals(scope, templateId)
      return presentApprovals(template, await listAccountSenders(scope), rows, reader)
    })
  return {
    sync,
    attach: (next) => {
      halt = next
    },
    list,
    submit: (workspaceId, actor, reader, templateId, body) =>
      submit(core, desk, { workspaceId, actor, reader, templateId, body }),
    refresh: async (workspaceId, reader, templateId) => {
      const { approvals, accounts } = await list(workspaceId, reader, templateId)
      const known = new Set(accounts.map(({ wabaId }) => wabaId))
      const asked = new Set(approvals.map(({ wabaId }) => wabaId).filter((wabaId) => known.has(wabaId)))
      const ends = await Promise.allSettled([...asked].map((wabaId) => sync.look(workspaceId, wabaId)))
      const failed = ends.filter((end) => end.status === 'rejected')
      if (failed.length > 0 && failed.length === ends.length) throw failed[0]?.reason
      return list(workspaceId, reader, templateId)
    },
    withdraw: async (workspaceId, actor, templateId, approvalId) => {
      const row = await core.inWorkspace(workspaceId, async (scope) => {
        const found = await findApproval(scope, templateId, approvalId)
        if (!found) throw new AppError('not_found')
        const open = found.status === 'approved' ? await countOpenCampaigns(scope, templateId) : 0
        if (open > 0) throw new AppError('template_in_use', { campaigns: open })
        return found
      })
      await removeRemote(core, desk, workspaceId, row)
      await core.inWorkspace(workspaceId, async (scope) => {
        await deleteApproval(scope, approvalId)
        const { wabaId, language } = row
        await core.audit(scope, {
          actor,
          action: 'template.withdraw',
          subjectId: templateId,
          details: { wabaId, language },
        })
        await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id: templateId })
      })
    },
  }
}

async function getToApprove(scope: WorkspaceScope, templateId: TemplateId): Promise<TemplateToApprove> {
  const row = await findTemplate(scope, templateId)
  if (!row) throw new AppError('not_found')
  const media = row.mediaId ? await findMedia(scope, row.mediaId as MediaId) : null
  return { row, media, customKeys: await listCustomKeys(scope) }
}

interface SubmitCall {
  readonly workspaceId: WorkspaceId
  readonly actor: Actor
  readonly reader: Language
  readonly templateId: TemplateId
  readonly body: SubmitBody
}

interface Prepared {
  readonly approval: ApprovalRow
  readonly text: ApprovalText
  readonly media: MediaRow | null
  readonly senderId: SenderId
}

async function submit(core: Core, desk: SenderDesk, call: SubmitCall): Promise<TemplateApproval> {
  const { workspaceId, templateId, reader } = call
  const prepared = await core.inWorkspace(workspaceId, (scope) => prepare(core, scope, call))
  const { approval } = prepared
  const outcome = await handOver(core, desk, call, prepared).catch(async (error: unknown) => {
    if (isAmbiguous(error)) return null
    await core.inWorkspace(workspaceId, (scope) => deleteApproval(scope, approval.id))
    throw error
  })
  if (outcome?.kind === 'refused') {
    await core.inWorkspace(workspaceId, (scope) => deleteApproval(scope, approval.id))
    throw refusedBy(outcome, reader)
  }
  return core.inWorkspace(workspaceId, async (scope) => {
    if (outcome) {
      const { remoteId, status, category } = outcome.template
      await setSubmitted(scope, approval.id, { remoteId, status: statusOf(status), category }, core.now())
    }
    await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id: templateId })
    const row = (await findApproval(scope, templateId, approval.id as ApprovalId)) ?? approval
    return presentApproval(row, approval.contentHash, reader)
  })
}

/** Checks everything that can be checked here, and writes the row before Meta is asked. */
async function prepare(core: Core, scope: WorkspaceScope, call: SubmitCall): Promise<Prepared> {
  const { templateId, body, reader, actor } = call
  const template = await getToApprove(scope, templateId)
  const compiled = compileText(template, body.language)
  if (!compiled.ok) {
    const problems = compiled.problems.map((problem) => ({
      path: 'language',
      message: approvalProblemText(problem, reader),
      code: problem.code,
    }))
    throw new AppError('approval_impossible', { problems, reason: problems[0]?.message })
  }
  const { text } = compiled
  const own = (await listAccountSenders(scope)).filter(({ wabaId }) => wabaId === body.wabaId)
  if (own.length === 0) throw new AppError('not_found')
  const sender = chooseSender(own, text.header !== null)
  const at = core.now()
  const id = core.newId('apv')
  const row = {
    id,
    workspaceId: scope.workspaceId,
    templateId,
    language: body.language,
    wabaId: body.wabaId,
    name: remoteName(template.row.name, id),
    remoteLanguage: remoteLanguages[body.language],
    remoteId: null,
    status: 'submitting' as const,
    reason: null,
    statusAt: at,
    categoryAsked: body.category,
    category: body.category,
    header: text.header,
    body: text.body,
    footer: text.footer,
    parameters: text.parameters.map(({ name, variable }) => ({ name, variable })),
    contentHash: contentHashOf(text),
    toldAt: null,
    syncedAt: null,
    submittedBy: actor.id,
    createdAt: at,
  }
  if (!(await insertApproval(scope, row))) throw new AppError('approval_exists')
  await core.audit(scope, {
    actor,
    action: 'template.submit',
    subjectId: templateId,
    details: { wabaId: body.wabaId, language: body.language, category: body.category },
  })
  return { approval: row, text, media: template.media, senderId: sender.id }
}

/** @throws AppError `sender_unreachable`, `approval_app_id_needed`. */
function chooseSender(own: readonly AccountSender[], needsAppId: boolean): AccountSender {
  const online = own.filter(({ isOnline }) => isOnline)
  if (online.length === 0) throw new AppError('sender_unreachable', { reason: 'not_connected' })
  const fit = online.find(({ appId }) => !needsAppId || appId !== null)
  if (!fit) throw new AppError('approval_app_id_needed')
  return fit
}

async function handOver(
  core: Core,
  desk: SenderDesk,
  { workspaceId, body }: SubmitCall,
  { approval, text, media, senderId }: Prepared,
): Promise<CallValues['submit_template']> {
  let header: TemplateSubmission['header'] = { kind: 'none' }
  if (text.header !== null && media !== null) {
    const data = await core.files.read(media.storageKey)
    const { mimeType, fileName } = media
    const file = { mimeType, fileName, dataBase64: Buffer.from(data).toString('base64') }
    const uploaded = await certainly(desk.ask(workspaceId, senderId, { kind: 'upload_example', file }))
    header = { kind: 'media', media: text.header, exampleHandle: uploaded }
  }
  const submission: TemplateSubmission = {
    name: approval.name,
    language: approval.remoteLanguage,
    category: body.category,
    header,
    body: text.body,
    examples: text.parameters.map((parameter) => ({
      name: parameter.name,
      example: body.examples[parameter.name]?.replace(/\s+/g, ' ') ?? exampleOf(parameter),
    })),
    footer: text.footer,
    buttons: [],
  }
  return desk.ask(workspaceId, senderId, { kind: 'submit_template', submission })
}

/** What fails before the submission itself certainly submitted nothing. */
async function certainly<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!isAppError(error) || error.code !== 'sender_unreachable') throw error
    if (error.details['reason'] === 'app_id_needed') throw new AppError('approval_app_id_needed')
    throw new AppError('sender_unreachable', { reason: 'not_connected' }, { cause: error })
  })
}

/** Reasons that mean: nothing left this machine, or Meta said so before it looked. */
const certainReasons = ['not_connected', 'rate_limited', 'sender_signed_out']

function isAmbiguous(error: unknown): boolean {
  if (!isAppError(error) || error.code !== 'sender_unreachable') return false
  return !certainReasons.includes(String(error.details['reason']))
}

function refusedBy(
  { code, subcode, detail }: Extract<CallValues['submit_template'], { kind: 'refused' }>,
  reader: Language,
): AppError {
  const known = subcode !== null && isKnownApprovalReason(subcode)
  const reason = known ? approvalReasonText(subcode, reader) : detail.slice(0, 500)
  return new AppError('approval_refused', { metaCode: subcode ?? code, ...(reason === '' ? {} : { reason }) })
}

/** Deletes it at Meta too, where it may be there; the name belongs to it alone. */
async function removeRemote(
  core: Core,
  desk: SenderDesk,
  workspaceId: WorkspaceId,
  { status, wabaId, name }: ApprovalRow,
): Promise<void> {
  if (status === 'failed' || status === 'removed') return
  const [senderId] = await sendersToAsk(core, workspaceId, wabaId)
  if (senderId === undefined) throw new AppError('sender_unreachable', { wabaId })
  await desk.ask(workspaceId, senderId, { kind: 'remove_template', name })
}

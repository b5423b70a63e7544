import type { Database } from '@siar/database'
import { AppError } from '@siar/domain'
import type { TemplateId } from '@siar/domain'
import { waitUntil } from '@siar/test-kit'
import { createCampaignControlService } from '../campaigns/index.ts'
import type { SenderDesk } from '../senders/index.ts'
import { answerCall } from '../senders/sender-call.ts'
import { createApprovalService } from '../templates/index.ts'
import { buildCloudApiStage } from './cloud-api.fixtures.ts'
import type { CloudApiStageOptions } from './cloud-api.fixtures.ts'

/** A stage on which templates can be submitted to Meta's stand-in and are approved at once. */
export async function buildApprovedStage(database: Database, options?: CloudApiStageOptions) {
  const made = await buildCloudApiStage(database, options)
  const { core, shop } = made
  const desk: SenderDesk = {
    ask: async (_workspaceId, _senderId, call) => {
      const answer = await answerCall(made.session(), call, AbortSignal.timeout(20_000))
      if (answer.kind === 'done') return answer.value as never
      throw new AppError('sender_unreachable', { reason: 'none' })
    },
  }
  const control = createCampaignControlService(core)
  const approvals = createApprovalService(core, {
    desk,
    halt: async (workspaceId, id) => void (await control.halt(workspaceId, id, 'template_rejected')),
  })
  const wabaOf = async (): Promise<string> => {
    const [row] = await shop.query<{ waba: string }>(
      `select settings -> 'cloud_api' ->> 'wabaId' as waba from senders where id = $1`,
      [made.senderId],
    )
    return row?.waba ?? ''
  }
  /** @returns the name by which Meta knows it. */
  const approve = async (templateId: string): Promise<string> => {
    const wabaId = await wabaOf()
    const body = { language: 'id' as const, wabaId, category: 'MARKETING' as const, examples: {} }
    const { name } = await approvals.submit(
      shop.workspaceId,
      shop.actor,
      'id',
      templateId as TemplateId,
      body,
    )
    await waitUntil(async () => {
      // Meta's review takes a moment of its clock, which may be the shop's.
      await core.clock.advanceBy(50)
      await approvals.sync.look(shop.workspaceId, wabaId)
      const found = await approvals.list(shop.workspaceId, 'id', templateId as TemplateId)
      return found.approvals.some((one) => one.name === name && one.status === 'approved')
    })
    return name
  }
  return { ...made, approvals, approve, wabaOf }
}

import type { InboundEvent, Session } from '@siar/channel'
import type { templateOperations, BodyOf } from '@siar/contract'
import { media, senders } from '@siar/database'
import type { Database } from '@siar/database'
import { AppError } from '@siar/domain'
import type { SenderId, TemplateId, WorkspaceId } from '@siar/domain'
import { waitUntil } from '@siar/test-kit'
import { startMetaWorld } from '../../../../../packages/channel-cloud-api/src/testing/meta-world.ts'
import type { MetaWorld } from '../../../../../packages/channel-cloud-api/src/testing/meta-world.ts'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import type { SenderDesk } from '../senders/index.ts'
import { answerCall } from '../senders/sender-call.ts'
import { approvalJobs } from './approvals.worker.ts'
import { createApprovalService } from './approvals.service.ts'
import type { ApprovalService } from './approvals.service.ts'
import { createTemplateService } from './templates.service.ts'

/** A workspace with a number on Cloud API, over the real adapter and Meta's stand-in. */
export interface ApprovalStage {
  readonly core: TestCore
  readonly world: MetaWorld
  readonly workspaceId: WorkspaceId
  readonly actor: ReturnType<typeof buildActor>
  readonly templates: ReturnType<typeof createTemplateService>
  readonly approvals: ApprovalService
  readonly senderId: SenderId
  readonly wabaId: string
  /** Campaigns that were halted, by their ids. */
  readonly halted: string[]
  addTemplate(fields?: Partial<BodyOf<typeof templateOperations.create>>): Promise<TemplateId>
  addImage(mimeType?: string): Promise<string>
  /** The next question to the session ends this way instead. */
  failNext(error: Error): void
  statusOf(templateId: TemplateId): Promise<string[]>
  untilStatus(templateId: TemplateId, status: string): Promise<void>
  close(): Promise<void>
}

export async function buildApprovalStage(
  database: Database,
  { appId = true }: { readonly appId?: boolean } = {},
): Promise<ApprovalStage> {
  const core = createTestCore(database)
  const world = await startMetaWorld()
  const workspaceId = await buildWorkspace(core)
  const sender = world.addSender()
  const cloudApi = sender.request.settings['cloud_api'] as Record<string, unknown>
  const settings = { cloud_api: appId ? cloudApi : { ...cloudApi, appId: null } }
  const senderId = core.newId('snd')
  await database.db.insert(senders).values({
    id: senderId,
    workspaceId,
    name: 'Nomor resmi',
    channel: 'cloud_api',
    phone: '+6289500000001',
    status: 'online',
    shard: 0,
    settings,
  })
  const halted: string[] = []
  let failure: Error | null = null
  let session: Session | null = null
  const desk: SenderDesk = {
    ask: async (_workspaceId, _senderId, call) => {
      if (failure) {
        const error = failure
        failure = null
        throw error
      }
      const answer = await answerCall(session as Session, call, AbortSignal.timeout(20_000))
      if (answer.kind === 'done') return answer.value as never
      throw new AppError('sender_unreachable', { reason: 'reason' in answer ? answer.reason : 'none' })
    },
  }
  const halt = async (_workspaceId: WorkspaceId, campaignId: string): Promise<void> =>
    void halted.push(campaignId)
  const approvals = createApprovalService(core, { desk, halt })
  await core.jobs.work(approvalJobs(approvals.sync))
  const listen = async (events: readonly InboundEvent[]): Promise<void> => {
    const changes = events.filter((event) => event.type === 'template')
    if (changes.length > 0) await approvals.sync.take({ workspaceId, senderId }, changes)
  }
  const request = { ...sender.request, settings }
  session = await world.channel.open(request, listen)
  const templates = createTemplateService(core)
  const actor = buildActor(core)
  const statusOf = async (templateId: TemplateId): Promise<string[]> =>
    (await approvals.list(workspaceId, 'en', templateId)).approvals.map(({ status }) => status)
  return {
    core,
    world,
    workspaceId,
    actor,
    templates,
    approvals,
    senderId,
    wabaId: sender.wabaId,
    halted,
    addTemplate: async (fields = {}) => {
      const made = await templates.create(workspaceId, actor, 'en', {
        name: `Promo Jumat ${core.newId('tpl').slice(-6)}`,
        category: 'promotion',
        texts: { id: 'Halo {name=Kak}, ada diskon untuk Anda.' },
        footer: 'Balas STOP untuk berhenti',
        mediaId: null,
        campaignVariables: [],
        ...fields,
      })
      return made.id as TemplateId
    },
    addImage: async (mimeType = 'image/jpeg') => {
      const id = core.newId('med')
      const storageKey = `${workspaceId}/${id}`
      await core.files.write(storageKey, new Uint8Array(2_000).fill(7), 10_000)
      await database.db.insert(media).values({
        id,
        workspaceId,
        kind: 'image',
        fileName: 'promo.jpg',
        mimeType,
        sizeBytes: 2_000,
        originalSizeBytes: 2_000,
        sha256: id,
        storageKey,
        createdBy: actor.id,
      })
      return id
    },
    failNext: (error) => {
      failure = error
    },
    statusOf,
    untilStatus: async (templateId, status) => {
      await waitUntil(async () => (await statusOf(templateId))[0] === status, { what: `status ${status}` })
    },
    close: async () => {
      await session?.close()
      await world.close()
    },
  }
}

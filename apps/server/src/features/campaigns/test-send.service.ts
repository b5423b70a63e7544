import type { ResponseInput, campaignOperations } from '@siar/contract'
import { AppError, canSendCampaigns } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { getPhoneRules, requirePhone } from '../addresses/index.ts'
import { getRow } from './campaigns.service.ts'
import { sampleLinks } from './link-advice.ts'
import { createMessageRenderer } from './message-renderer.ts'
import type { MessageRenderer, RenderContact } from './message-renderer.ts'
import { dayOf, loadContent } from './prepare-run.ts'
import type { ContentMedia } from './run-content.ts'
import { findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'
import { findContactOfAddress, isSuppressed } from './test-send.repo.ts'

/** One message outside any campaign, handed to the process that owns the sender. */
export interface SingleMessage {
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  readonly to: string
  readonly contactId: string | null
  readonly text: string
  readonly media: ContentMedia | null
  /** It confirms an opt-out: only suppressions for other reasons hold it back. */
  readonly afterOptOut?: boolean
}

export interface SingleOutcome {
  readonly outcome: 'accepted' | 'refused' | 'not_sent' | 'unknown'
  readonly reason: string | null
}

/**
 * Sends one message through a sender of this process and keeps it. Written before the call, counted after it.
 * @returns `not_sent` with reason `not_connected` when the sender's session does not live in this process.
 */
export type SendSingle = (message: SingleMessage) => Promise<SingleOutcome>

type TestResult = ResponseInput<typeof campaignOperations.test>

export interface TestSendService {
  /**
   * Sends the campaign's message to one number, through the first of its senders that is online. No recipient is touched.
   *
   * @throws AppError `invalid_phone`, `suppressed_address`, `sender_not_online`, `campaign_no_message`, `template_invalid`,
   *         `unknown_variable` when a value for the sample is missing.
   */
  send(workspaceId: WorkspaceId, actor: Actor, id: string, phone: string): Promise<TestResult>
  /** Gives it the lanes of this process; until then every test ends as `not_sent`. */
  attach(sendSingle: SendSingle): void
}

const sampleContact: RenderContact = {
  fullName: 'Budi Santoso',
  firstName: 'Budi',
  lastName: 'Santoso',
  phone: '+6281200000000',
  email: 'budi@example.com',
  company: 'Toko Maju',
  language: null,
  custom: {},
}

export function createTestSendService(core: Core): TestSendService {
  let sendSingle: SendSingle = async () => ({ outcome: 'not_sent', reason: 'not_connected' })
  return {
    attach: (send) => {
      sendSingle = send
    },
    send: async (workspaceId, actor, id, phone) => {
      const message = await core.inWorkspace(workspaceId, async (scope) => {
        const campaign = await getRow(scope, id)
        const workspace = await findWorkspaceFacts(scope)
        const { e164 } = requirePhone(await getPhoneRules(scope), phone)
        if (await isSuppressed(scope, e164)) throw new AppError('suppressed_address')
        const templateId = campaign.templateId ?? campaign.experiment?.variants[0]?.templateId ?? null
        const content = await loadContent(scope, { ...campaign, templateId }, workspace)
        const compiled = createMessageRenderer(content, sampleLinks(core, campaign))
        if (!compiled.ok) throw new AppError('template_invalid', { errors: compiled.errors })
        const contact = await findContactOfAddress(scope, e164)
        const rendered = renderTest(compiled.renderer, contact?.contact ?? null, e164)
        const senders = await listCampaignSenders(
          scope,
          campaign.senderIds,
          dayOf(workspace.timeZone, core.now()),
        )
        const sender = senders.find(({ status }) => canSendCampaigns(status))
        if (!sender) throw new AppError('sender_not_online')
        await core.audit(scope, {
          actor,
          action: 'campaign.test',
          subjectId: id,
          details: { senderId: sender.id },
        })
        return {
          workspaceId,
          senderId: sender.id,
          to: e164,
          contactId: contact?.id ?? null,
          text: rendered,
          media: content.media,
        }
      })
      const { outcome, reason } = await sendSingle(message)
      return { outcome, reason, text: message.text }
    },
  }
}

/** Rendered for the contact of the number when there is one; values it lacks come from a made-up person. */
function renderTest(renderer: MessageRenderer, contact: RenderContact | null, phone: string): string {
  const filled = contact ? fillGaps(contact) : { ...sampleContact, phone }
  const custom = {
    ...Object.fromEntries(renderer.required.map((name) => [name, `[${name}]`])),
    ...filled.custom,
  }
  const { text } = renderer.render({ ...filled, custom }, phone)
  if (text === undefined) throw new AppError('unknown_variable')
  return text
}

function fillGaps(contact: RenderContact): RenderContact {
  const { fullName, firstName, lastName, email, company } = contact
  return {
    ...contact,
    fullName: fullName || sampleContact.fullName,
    firstName: firstName || (fullName ? '' : sampleContact.firstName),
    lastName: lastName || sampleContact.lastName,
    email: email ?? sampleContact.email,
    company: company ?? sampleContact.company,
  }
}

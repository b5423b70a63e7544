import type { SendOutcome } from '@siar/channel'
import { canSendCampaigns } from '@siar/domain'
import type { Core } from '../../core.ts'
import { dayOf, findWorkspaceFacts } from '../campaigns/index.ts'
import type { SendSingle, SingleMessage, SingleOutcome } from '../campaigns/index.ts'
import type { OwnedSender, OwnedSenders } from '../senders/index.ts'
import { applySenderDays } from './moves.repo.ts'
import { finishSingle, insertSingle } from './single-message.repo.ts'
import { SenderTally } from './tally.ts'

/** Sends messages outside of campaigns through the senders of this process: kept before the call, counted after it. */
export function createSingleSender(core: Core, owned: OwnedSenders, timeoutMs: number): SendSingle {
  return async (message) => {
    const sender = owned.findOwned(message.senderId)
    if (!sender || !canSendCampaigns(sender.status)) return { outcome: 'not_sent', reason: 'not_connected' }
    const id = core.newId('msg')
    const isKept = await core.inWorkspace(message.workspaceId, async (scope) => {
      await owned.lockLease(scope, sender)
      return insertSingle(scope, { ...message, id, mediaId: message.media?.id ?? null }, core.now())
    })
    if (!isKept) return { outcome: 'not_sent', reason: 'suppressed' }
    const outcome = await sender.session.send(outbound(core, id, message), AbortSignal.timeout(timeoutMs))
    await finish(core, owned, sender, id, outcome)
    return toSingleOutcome(outcome)
  }
}

function outbound(core: Core, messageId: string, { to, text, media }: SingleMessage) {
  if (!media) return { messageId, to, text }
  const { id: fingerprint, kind, mimeType, fileName, sizeBytes, storageKey } = media
  const read = () => core.files.read(storageKey)
  return { messageId, to, text, media: { kind, mimeType, fileName, sizeBytes, fingerprint, read } }
}

function toSingleOutcome(outcome: SendOutcome): SingleOutcome {
  return { outcome: outcome.kind, reason: outcome.kind === 'accepted' ? null : outcome.reason }
}

async function finish(
  core: Core,
  owned: OwnedSenders,
  sender: OwnedSender,
  id: string,
  outcome: SendOutcome,
): Promise<void> {
  const { senderId, workspaceId } = sender
  const wasHandedOver = outcome.kind === 'accepted' || outcome.kind === 'unknown'
  const tally = new SenderTally()
  if (outcome.kind !== 'not_sent') tally.add(senderId, outcome.kind)
  await core.inWorkspace(workspaceId, async (scope) => {
    await owned.lockLease(scope, sender)
    const channelMessageId = outcome.kind === 'accepted' ? outcome.channelMessageId : null
    await finishSingle(scope, id, wasHandedOver, channelMessageId)
    const { timeZone } = await findWorkspaceFacts(scope)
    await applySenderDays(scope, dayOf(timeZone, core.now()), tally.days)
  })
}

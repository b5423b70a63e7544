import type { SendOutcome } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import { canSendCampaigns, isFreeTextAllowed, limitsFreeText, windowsOfTalk } from '@siar/domain'
import type { Core } from '../../core.ts'
import { dayOf, findWorkspaceFacts } from '../campaigns/index.ts'
import type { SendSingle, SingleMessage, SingleOutcome } from '../campaigns/index.ts'
import type { OwnedSender, OwnedSenders } from '../senders/index.ts'
import { answerEntries } from './ad-entries.repo.ts'
import { applySenderDays } from './moves.repo.ts'
import { findLastIncoming, finishSingle, insertSingle } from './single-message.repo.ts'
import { SenderTally } from './tally.ts'

/** Sends messages outside of campaigns through the senders of this process: kept before the call, counted after it. */
export function createSingleSender(core: Core, owned: OwnedSenders, timeoutMs: number): SendSingle {
  return async (message) => {
    const sender = owned.findOwned(message.senderId)
    if (!sender || !canSendCampaigns(sender.status)) return { outcome: 'not_sent', reason: 'not_connected' }
    const id = core.newId('msg')
    const held = await core.inWorkspace(message.workspaceId, async (scope) => {
      await owned.lockLease(scope, sender)
      if (!(await mayWriteFreely(core, scope, sender, message))) return windowClosed
      const row = { ...message, id, mediaId: message.media?.id ?? null }
      return (await insertSingle(scope, row, core.now())) ? null : suppressed
    })
    if (held) return held
    const outcome = await sender.session.send(outbound(core, id, message), AbortSignal.timeout(timeoutMs))
    await finish(core, owned, sender, { id, contactId: message.contactId }, outcome)
    return toSingleOutcome(outcome)
  }
}

const suppressed: SingleOutcome = { outcome: 'not_sent', reason: 'suppressed' }
const windowClosed: SingleOutcome = { outcome: 'refused', reason: 'window_closed' }

/** What is sent here is free text: where the channel minds, only to a person who wrote within 24 hours. */
async function mayWriteFreely(
  core: Core,
  scope: WorkspaceScope,
  { channel }: OwnedSender,
  message: SingleMessage,
): Promise<boolean> {
  if (!limitsFreeText(channel)) return true
  const lastIncomingAtMs = (await findLastIncoming(scope, message))?.getTime() ?? null
  const windows = windowsOfTalk({ lastIncomingAtMs, adEntryAtMs: null, freeEntryUntilMs: null })
  return isFreeTextAllowed(channel, windows, core.now().getTime())
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
  { id, contactId }: { readonly id: string; readonly contactId: string | null },
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
    if (outcome.kind === 'accepted' && contactId !== null)
      await answerEntries(scope, [{ contactId, senderId }], core.now())
    const { timeZone } = await findWorkspaceFacts(scope)
    await applySenderDays(scope, dayOf(timeZone, core.now()), tally.days)
  })
}

import type { IncomingMessage, PersonBlocked } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { parsePhone } from '@siar/domain/phone'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import { applyFigures, completeRuns, dayOf, FigureDeltas, findWorkspaceFacts } from '../campaigns/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import type { OwnedSenders, SenderRef } from '../senders/index.ts'
import type { Harm } from './guardian.ts'
import {
  addPerson,
  findContactByAddress,
  findLastCampaign,
  getConversation,
  insertIncoming,
  markReplied,
} from './incoming.repo.ts'
import type { AddressKind } from './incoming.repo.ts'
import { applySenderDays } from './moves.repo.ts'
import { SenderTally } from './tally.ts'

const textLengthMax = 65_536

/** What people send to a sender. Each event is handled at least once; twice equals once. */
export interface IncomingService {
  /**
   * Stores a message with its conversation, counts it as the answer to the newest campaign message of that person and
   * sender, and obeys opt-out and opt-in keywords, all in one transaction. A person nobody knew becomes a contact.
   */
  message(sender: SenderRef, message: IncomingMessage): Promise<void>
  /** A person blocked or reported the sender: they get no marketing any more. */
  blocked(sender: SenderRef, block: PersonBlocked): Promise<void>
}

/** Told after the transaction, when somebody left because of a campaign. */
export type OnHarm = (sender: SenderRef, campaignId: string, harm: Harm) => Promise<void>

type Harmed = { readonly campaignId: string; readonly harm: Harm } | null

export function createIncomingService(
  core: Core,
  owned: Pick<OwnedSenders, 'lockLease'>,
  ledger: ConsentLedger,
  onHarm: OnHarm,
): IncomingService {
  const within = async (
    sender: SenderRef,
    run: (scope: WorkspaceScope) => Promise<Harmed>,
  ): Promise<void> => {
    const harmed = await core.inWorkspace(sender.workspaceId, async (scope) => {
      await owned.lockLease(scope, sender)
      return run(scope)
    })
    if (harmed) await onHarm(sender, harmed.campaignId, harmed.harm)
  }
  return {
    message: (sender, message) =>
      within(sender, (scope) => receiveMessage(core, ledger, scope, sender, message)),
    blocked: (sender, block) => within(sender, (scope) => receiveBlock(core, ledger, scope, sender, block)),
  }
}

async function receiveMessage(
  core: Core,
  ledger: ConsentLedger,
  scope: WorkspaceScope,
  sender: SenderRef,
  message: IncomingMessage,
): Promise<Harmed> {
  const { senderId, workspaceId } = sender
  const { at, channelMessageId } = message
  const text = message.text.replaceAll('\0', '').slice(0, textLengthMax)
  const contactId = await getContact(core, scope, message)
  const ids = { id: core.newId('cnv'), contactId, senderId }
  const conversationId = await getConversation(scope, ids, at)
  const id = core.newId('msg')
  const isNew = await insertIncoming(scope, {
    id,
    conversationId,
    contactId,
    senderId,
    text,
    channelMessageId,
    at,
  })
  if (!isNew) return null
  const tally = new SenderTally()
  const keyword = await ledger.applyKeyword(scope, {
    contactId: contactId as ContactId,
    text,
    at,
    messageId: id,
  })
  if (keyword.action === 'opted_out' && keyword.changed) tally.add(senderId, 'optOuts')
  await countReply(core, scope, sender, contactId, at, tally)
  await core.bus.publishIn(scope, { kind: 'message.incoming', workspaceId, id: conversationId })
  const isHarm = keyword.action === 'opted_out' && keyword.changed
  return isHarm ? findHarmed(scope, contactId, senderId, 'opt_out') : null
}

async function findHarmed(
  scope: WorkspaceScope,
  contactId: string,
  senderId: string,
  harm: Harm,
): Promise<Harmed> {
  const campaignId = await findLastCampaign(scope, contactId, senderId)
  return campaignId === null ? null : { campaignId, harm }
}

async function countReply(
  core: Core,
  scope: WorkspaceScope,
  { senderId, workspaceId }: SenderRef,
  contactId: string,
  at: Date,
  tally: SenderTally,
): Promise<void> {
  const replied = await markReplied(scope, contactId, senderId, at)
  const figures = new FigureDeltas()
  if (replied) {
    const { runId, from, to } = replied
    figures.move(runId, from, to, null)
    tally.move(senderId, from, to)
    tally.add(senderId, 'replies')
  }
  const { timeZone } = await findWorkspaceFacts(scope)
  await applySenderDays(scope, dayOf(timeZone, core.now()), tally.days)
  await applyFigures(scope, figures)
  if (!replied) return
  if (replied.from === 'dispatching') await completeRuns(core, scope, [replied.runId])
  await core.bus.publishIn(scope, { kind: 'campaign.progress', workspaceId, id: replied.campaignId })
}

async function receiveBlock(
  core: Core,
  ledger: ConsentLedger,
  scope: WorkspaceScope,
  { senderId }: SenderRef,
  block: PersonBlocked,
): Promise<Harmed> {
  const contactId = await findContactByAddress(scope, kindOf(block.from), block.from)
  if (contactId === null) return null
  const { changed } = await ledger.optOut(scope, {
    contactId: contactId as ContactId,
    reason: block.kind === 'spam_report' ? 'spam_report' : 'unsubscribed',
    source: 'channel',
    wording: block.kind,
    note: block.kind,
    evidence: { senderId },
    actor: systemActor('channel'),
    at: block.at,
  })
  if (!changed) return null
  const tally = new SenderTally()
  tally.add(senderId, 'blocks')
  const { timeZone } = await findWorkspaceFacts(scope)
  await applySenderDays(scope, dayOf(timeZone, core.now()), tally.days)
  return findHarmed(scope, contactId, senderId, 'block')
}

const kindOf = (address: string): AddressKind => (address.startsWith('+') ? 'phone' : 'user_id')

async function getContact(core: Core, scope: WorkspaceScope, message: IncomingMessage): Promise<string> {
  const { from, fromName } = message
  const kind = kindOf(from)
  const known = await findContactByAddress(scope, kind, from)
  if (known !== null) return known
  const phone = kind === 'phone' ? parsePhone(from, 'ID') : null
  const person = {
    contactId: core.newId('con'),
    addressId: core.newId('adr'),
    kind,
    value: from,
    country: phone?.ok ? phone.country : null,
    name: (fromName ?? '').replaceAll('\0', '').slice(0, 200),
  }
  return addPerson(scope, person, core.now())
}

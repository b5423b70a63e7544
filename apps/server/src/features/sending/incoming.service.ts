import type { IncomingMessage, PersonBlocked } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { parsePhone } from '@siar/domain/phone'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import { completeRuns, FigureDeltas } from '../campaigns/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import type { OwnedSenders, SenderRef } from '../senders/index.ts'
import { countHarm, writeCounts } from './count-harm.ts'
import type { HarmCounters } from './count-harm.ts'
import {
  addPerson,
  findContactByAddress,
  getConversation,
  insertIncoming,
  markReplied,
} from './incoming.repo.ts'
import type { AddressKind } from './incoming.repo.ts'
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

/** Told after the transaction, when somebody left: with the run of the message that made them, where one did. */
export type OnHarm = (sender: SenderRef, runId: string | null) => void

/** Null when nobody left. */
type Harmed = { readonly runId: string | null } | null

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
    if (harmed) onHarm(sender, harmed.runId)
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
  const keyword = await ledger.applyKeyword(scope, {
    contactId: contactId as ContactId,
    text,
    at,
    messageId: id,
  })
  const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
  const hasLeft = keyword.action === 'opted_out' && keyword.changed
  const runId = hasLeft
    ? await countHarm(core, scope, { contactId, senderId, harm: 'opt_out' }, counts)
    : null
  await countReply(core, scope, sender, contactId, at, counts)
  await core.bus.publishIn(scope, { kind: 'message.incoming', workspaceId, id: conversationId })
  return hasLeft ? { runId } : null
}

async function countReply(
  core: Core,
  scope: WorkspaceScope,
  { senderId, workspaceId }: SenderRef,
  contactId: string,
  at: Date,
  { figures, tally }: HarmCounters,
): Promise<void> {
  const replied = await markReplied(scope, contactId, senderId, at)
  if (replied) {
    const { runId, from, to } = replied
    figures.move(runId, from, to, null)
    tally.move(senderId, from, to)
    tally.add(senderId, 'replies')
  }
  await writeCounts(core, scope, { figures, tally })
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
  const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
  const runId = await countHarm(core, scope, { contactId, senderId, harm: 'block' }, counts)
  await writeCounts(core, scope, counts)
  return { runId }
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

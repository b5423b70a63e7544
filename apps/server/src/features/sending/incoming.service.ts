import type { IncomingMessage, MarketingChoice, OwnMessage, PersonBlocked, SamePerson } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import { parsePhone } from '@siar/domain/phone'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import { completeRuns, FigureDeltas } from '../campaigns/index.ts'
import type { ConsentLedger, KeywordAnswers } from '../consent/index.ts'
import type { OwnedSenders, SenderRef } from '../senders/index.ts'
import { readAddress } from './address-kind.ts'
import { answerEntries } from './ad-entries.repo.ts'
import { boundId } from './bound-id.ts'
import { countHarm, writeCounts } from './count-harm.ts'
import type { HarmCounters } from './count-harm.ts'
import {
  addPerson,
  findContactByAddress,
  getConversation,
  insertIncoming,
  insertOwnMessage,
  listContactsByAddress,
  markReplied,
} from './incoming.repo.ts'
import { keepOnePerson } from './one-person.ts'
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
  /** A person used WhatsApp's own switch: `stop` is an opt-out, `resume` records nothing: consent has to be given anew. */
  choice(sender: SenderRef, choice: MarketingChoice): Promise<void>
  /** Several addresses are one person: an opt-out under one of them holds for all. */
  samePerson(sender: SenderRef, same: SamePerson): Promise<void>
  /** The owner wrote on the phone itself: kept in the conversation. */
  ownMessage(sender: SenderRef, message: OwnMessage): Promise<void>
}

/** Told after the transaction, when somebody left: with the run of the message that made them, where one did. */
export type OnHarm = (sender: SenderRef, runId: string | null) => void

/** Null when nobody left. */
type Harmed = { readonly runId: string | null } | null

/** What keywords are answered with, and how an answer leaves once its transaction is written. */
export interface AnswerKeywords {
  readonly answers: Pick<KeywordAnswers, 'plan'>
  readonly onPlanned: (sender: SenderRef, answerId: string) => void
}

export function createIncomingService(
  core: Core,
  owned: Pick<OwnedSenders, 'lockLease'>,
  ledger: ConsentLedger,
  onHarm: OnHarm,
  { answers, onPlanned }: AnswerKeywords,
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
    message: async (sender, message) => {
      let answerId: string | null = null
      await within(sender, async (scope) => {
        const received = await receiveMessage(core, { ledger, answers }, scope, sender, message)
        answerId = received.answerId
        return received.harmed
      })
      if (answerId !== null) onPlanned(sender, answerId)
    },
    blocked: (sender, block) => within(sender, (scope) => receiveBlock(core, ledger, scope, sender, block)),
    choice: (sender, choice) => within(sender, (scope) => receiveChoice(core, ledger, scope, sender, choice)),
    samePerson: (sender, { addresses, at }) =>
      within(sender, async (scope) => {
        await keepOnePerson(core, ledger, scope, addresses, at)
        return null
      }),
    ownMessage: (sender, message) =>
      within(sender, async (scope) => {
        await receiveOwn(core, scope, sender, message)
        return null
      }),
  }
}

async function receiveMessage(
  core: Core,
  { ledger, answers }: { readonly ledger: ConsentLedger } & Pick<AnswerKeywords, 'answers'>,
  scope: WorkspaceScope,
  sender: SenderRef,
  message: IncomingMessage,
): Promise<{ readonly harmed: Harmed; readonly answerId: string | null }> {
  const { senderId, workspaceId } = sender
  const { at } = message
  const channelMessageId = boundId(message.channelMessageId)
  const text = message.text.replaceAll('\0', '').slice(0, textLengthMax)
  const contactId = await getContact(core, scope, message)
  const names = [message.from, ...message.aliases]
  if (names.length > 1) await keepOnePerson(core, ledger, scope, names, at)
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
    isAdEntry: (message.referral?.clickId ?? null) !== null,
  })
  if (!isNew) return { harmed: null, answerId: null }
  const keyword = await ledger.applyKeyword(scope, {
    contactId: contactId as ContactId,
    text,
    at,
    messageId: id,
  })
  const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
  const hasLeft = keyword.action === 'opted_out' && keyword.changed
  if (hasLeft && names.length > 1) await keepOnePerson(core, ledger, scope, names, at)
  const runId = hasLeft
    ? await countHarm(core, scope, { contactId, senderId, harm: 'opt_out' }, counts)
    : null
  await countReply(core, scope, sender, contactId, at, counts)
  const asked = { opted_out: 'opt_out', opted_in: 'opt_in', none: null } as const
  const said = asked[keyword.action]
  const answerId =
    said && (await answers.plan(scope, { contactId, senderId, address: message.from, keyword: said }))
  await core.bus.publishIn(scope, { kind: 'message.incoming', workspaceId, id: conversationId })
  return { harmed: hasLeft ? { runId } : null, answerId }
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
  const contactId = await findContactByAddress(scope, readAddress(block.from).kind, block.from)
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

/** A resumption records nothing: consent has to be given in words that can be shown. */
async function receiveChoice(
  core: Core,
  ledger: ConsentLedger,
  scope: WorkspaceScope,
  { senderId }: SenderRef,
  { from, choice, at }: MarketingChoice,
): Promise<Harmed> {
  const contactId = await findContactByAddress(scope, readAddress(from).kind, from)
  if (contactId === null || choice === 'resume') return null
  const { changed } = await ledger.optOut(scope, {
    contactId: contactId as ContactId,
    source: 'channel',
    wording: 'marketing_switch',
    note: 'marketing_switch',
    evidence: { senderId },
    actor: systemActor('channel'),
    at,
  })
  if (!changed) return null
  const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
  const runId = await countHarm(core, scope, { contactId, senderId, harm: 'opt_out' }, counts)
  await writeCounts(core, scope, counts)
  return { runId }
}

async function receiveOwn(
  core: Core,
  scope: WorkspaceScope,
  { senderId, workspaceId }: SenderRef,
  { channelMessageId: givenId, to, text, at }: OwnMessage,
): Promise<void> {
  const channelMessageId = boundId(givenId)
  const contactId = await getContact(core, scope, { from: to, aliases: [], fromName: null })
  const conversationId = await getConversation(scope, { id: core.newId('cnv'), contactId, senderId }, at)
  const message = { id: core.newId('msg'), conversationId, contactId, senderId, channelMessageId, at }
  const isNew = await insertOwnMessage(scope, {
    ...message,
    text: text.replaceAll('\0', '').slice(0, textLengthMax),
  })
  if (!isNew) return
  await answerEntries(scope, [{ contactId, senderId }], at)
  await core.bus.publishIn(scope, { kind: 'message.incoming', workspaceId, id: conversationId })
}

/** Who wrote, under whichever of their addresses they are known; somebody nobody knows becomes a contact. */
async function getContact(
  core: Core,
  scope: WorkspaceScope,
  message: Pick<IncomingMessage, 'from' | 'aliases' | 'fromName'>,
): Promise<string> {
  const { from, aliases, fromName } = message
  const { kind } = readAddress(from)
  const own = await findContactByAddress(scope, kind, from)
  if (own !== null) return own
  const [known] = aliases.length > 0 ? await listContactsByAddress(scope, aliases.map(readAddress)) : []
  if (known !== undefined) return known
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

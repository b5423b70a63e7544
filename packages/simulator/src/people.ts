import type { IncomingMedia, Receipt, ReceiptKind, ReceiptPricing } from '@siar/channel'
import type { IncomingOptions } from './control.ts'
import type { Account, NetworkState } from './network-state.ts'
import { profileNameOf, replyOf } from './person.ts'
import type { Person } from './person.ts'

/** A message as receipts name it. */
export interface SentMessage {
  readonly messageId: string
  readonly channelMessageId: string
  readonly to: string
  readonly pricing?: ReceiptPricing
}

/** A person writes to one sender at most so often by themselves, so that two machines never talk for ever. */
const repliesMax = 3

/** Files people sent are kept so many; the oldest is forgotten first. */
const filesMax = 500

export function receiptOf(
  network: NetworkState,
  account: Account,
  message: SentMessage,
  kind: ReceiptKind,
): Receipt {
  return {
    type: 'receipt',
    channelMessageId: message.channelMessageId,
    messageId: account.settings.echoesOurId ? message.messageId : null,
    kind,
    at: new Date(network.nowMs()),
    ...(message.pricing && (kind === 'accepted' || kind === 'delivered') ? { pricing: message.pricing } : {}),
  }
}

/** Runs what a person does after a time on the person's clock; at once in an instant network. */
function onTheirClock(network: NetworkState, account: Account, delayMs: number, act: () => void): void {
  if (network.options.instant === true) act()
  else network.wheel.add(delayMs / account.settings.timeScale, act)
}

function keepFile(
  network: NetworkState,
  ref: string,
  { kind, mimeType, fileName, dataBase64 }: NonNullable<IncomingOptions['media']>,
): IncomingMedia {
  if (dataBase64 === undefined) return { kind, mimeType, fileName, ref: null }
  const [oldest] = network.files.keys()
  if (network.files.size >= filesMax && oldest !== undefined) network.files.delete(oldest)
  network.files.set(ref, { mimeType, fileName, data: Buffer.from(dataBase64, 'base64') })
  return { kind, mimeType, fileName, ref }
}

export function writeToSender(
  network: NetworkState,
  account: Account,
  from: string,
  text: string,
  options: IncomingOptions = {},
  channelMessageId: string = network.newChannelId(),
): string {
  account.wroteBy.set(from, (account.wroteBy.get(from) ?? 0) + 1)
  account.windows.heard(from, network.nowMs(), options.referral?.clickId != null)
  account.outbox.push({
    type: 'message',
    channelMessageId,
    from,
    fromName: options.fromName ?? profileNameOf(from),
    text,
    aliases: options.aliases ?? [],
    media: options.media ? keepFile(network, channelMessageId, options.media) : null,
    button: options.button ?? null,
    inReplyTo: options.inReplyTo ?? null,
    referral: options.referral ?? null,
    at: new Date(network.nowMs()),
  })
  return channelMessageId
}

export function writeOnPhone(network: NetworkState, account: Account, to: string, text: string): string {
  const channelMessageId = network.newChannelId()
  account.outbox.push({ type: 'own_message', channelMessageId, to, text, at: new Date(network.nowMs()) })
  return channelMessageId
}

export function blockSender(
  network: NetworkState,
  account: Account,
  from: string,
  kind: 'block' | 'spam_report',
): void {
  account.blockedBy.add(from)
  network.tally.blocks += 1
  account.outbox.push({ type: 'blocked', from, kind, at: new Date(network.nowMs()) })
}

/** The same answer has the same id however often it is told: also by a network that was started anew. */
function answer(network: NetworkState, account: Account, message: SentMessage, text: string): void {
  const { to, messageId, channelMessageId } = message
  writeToSender(network, account, to, text, { inReplyTo: channelMessageId }, `SIM-RE-${messageId}`)
}

function act(network: NetworkState, account: Account, message: SentMessage, person: Person): void {
  const { to } = message
  switch (person.habit) {
    case 'none':
      return
    case 'blocks':
      if (!account.blockedBy.has(to)) blockSender(network, account, to, 'block')
      return
    case 'opts_out':
      if (account.optedOut.has(to)) return
      account.optedOut.add(to)
      network.tally.optOuts += 1
      answer(network, account, message, replyOf(to, 'opts_out', 0))
      return
    case 'replies': {
      const turn = account.wroteBy.get(to) ?? 0
      if (turn >= repliesMax) return
      network.tally.replies += 1
      answer(network, account, message, replyOf(to, 'replies', turn))
      return
    }
    default:
      person.habit satisfies never
  }
}

function deliver(network: NetworkState, account: Account, message: SentMessage, person: Person): void {
  network.tally.delivered += 1
  const receipt = (kind: ReceiptKind): Receipt => receiptOf(network, account, message, kind)
  if (account.isDisturbed && person.reading !== 'never') {
    network.tally.read += 1
    account.outbox.push(
      receipt('read'),
      receipt('delivered'),
      receipt('read'),
      receipt('delivered'),
      receipt('accepted'),
    )
    return
  }
  account.outbox.push(receipt('delivered'))
  if (person.reading === 'never') return
  onTheirClock(network, account, person.readMs, () => {
    network.tally.read += 1
    account.outbox.push(receipt('read'))
    if (person.habit === 'none') return
    onTheirClock(network, account, person.actMs, () => act(network, account, message, person))
  })
}

/** Lets the person receive, read and answer a message that is shown to them. */
export function letPersonReact(
  network: NetworkState,
  account: Account,
  message: SentMessage,
  person: Person,
): void {
  onTheirClock(network, account, person.deliveryMs, () => deliver(network, account, message, person))
}

/**
 * Lets a person go on with a message that was shown before this network began. What was due before `sinceMs` is
 * taken as told; what is overdue is told at once.
 */
export function letPersonGoOn(
  network: NetworkState,
  account: Account,
  message: SentMessage,
  times: { readonly shownAtMs: number; readonly sinceMs: number },
): void {
  const person = network.person(message.to)
  const { timeScale } = account.settings
  const deliveredAtMs = times.shownAtMs + person.deliveryMs / timeScale
  const readAtMs = deliveredAtMs + person.readMs / timeScale
  const then = (dueAtMs: number, run: () => void): void => {
    if (dueAtMs >= times.sinceMs) network.wheel.add(Math.max(0, dueAtMs - network.nowMs()), run)
  }
  const tell = (kind: ReceiptKind) => () => account.outbox.push(receiptOf(network, account, message, kind))
  then(deliveredAtMs, tell('delivered'))
  if (person.reading === 'never') return
  then(readAtMs, tell('read'))
  then(readAtMs + person.actMs / timeScale, () => act(network, account, message, person))
}

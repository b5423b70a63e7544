import type { OutboundMessage, SendOutcome } from '@siar/channel'
import type { PageDriver } from '../page/page-driver.ts'
import { findNumber } from '../page/question-actions.ts'
import { dropFile, putFilePart, sendInPage } from '../page/send-action.ts'
import type { SendRequest } from '../page/send-action.ts'
import { widOf } from '../wire/address.ts'
import { wireIdOf } from '../wire/message-id.ts'
import { notSent, outcomeOf, refused } from '../wire/send-outcome.ts'
import type { Patience } from '../options.ts'

/** What a send needs of the session around it. */
export interface SendingContext {
  /** The page while the account is connected, else null. */
  readonly page: () => PageDriver | null
  readonly mayAct: () => boolean
  readonly patience: Patience
  readonly sent: SentMessages
}

/** Memory of what was sent, so that later states of it can be asked for. */
export interface SentMessages {
  begin(messageId: string, to: string): void
  /** How often the page refused this message before it was queued, this time included. */
  refusals(messageId: string): number
  isKnown(wid: string): boolean
  know(wid: string): void
  /** Counts refusals without a reason that follow each other; an accepted message begins anew. */
  countUnexplained(outcome: SendOutcome): number
}

/** So many refusals without a reason one after another mean the account, not the people. */
const unexplainedMax = 3
const pageRefusalsMax = 3
const partBytes = 3_000_000

async function putFile(page: PageDriver, handle: string, data: Uint8Array, timeoutMs: number): Promise<void> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  for (let at = 0; at === 0 || at < bytes.byteLength; at += partBytes) {
    const part = bytes.subarray(at, at + partBytes).toString('base64')
    await page.run(putFilePart, { handle, part }, timeoutMs)
  }
}

/** Everything that happens before the message may leave; an outcome when it does not. */
async function prepare(
  { page, patience, sent }: SendingContext,
  message: OutboundMessage,
  to: string,
): Promise<SendOutcome | SendRequest> {
  const driver = page()
  if (driver === null) return notSent('not_connected')
  if (!sent.isKnown(to) && !to.endsWith('@lid')) {
    const found = await driver.run(findNumber, to, patience.answerMs)
    if (!found.exists) return page() === null ? notSent('not_connected') : refused('not_on_whatsapp')
    sent.know(to)
  }
  const { media } = message
  const id = wireIdOf(message.messageId)
  if (media) await putFile(driver, id, await media.read(), patience.answerMs)
  return {
    to,
    id,
    text: message.text,
    quoted: message.inReplyTo ?? null,
    file: media ? { handle: id, kind: media.kind, mimeType: media.mimeType, fileName: media.fileName } : null,
  }
}

function abortion(signal: AbortSignal | undefined): Promise<'aborted'> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
}

/** Hands the message over; from here on it may be on its way. */
async function handOver(
  { page, mayAct, patience }: SendingContext,
  request: SendRequest,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  const driver = page()
  if (driver === null || signal?.aborted === true || !mayAct()) return notSent('not_connected')
  const answer = driver.run(sendInPage, request, patience.ackMs).then(
    (given) => outcomeOf(given, request.id),
    (): SendOutcome => ({ kind: 'unknown', reason: 'no_ack' }),
  )
  const ended = await Promise.race([answer, abortion(signal)])
  return ended === 'aborted' ? { kind: 'unknown', reason: 'gave_up_waiting' } : ended
}

/** Reads a refusal together with those before it. */
function judge({ sent }: SendingContext, messageId: string, outcome: SendOutcome): SendOutcome {
  if (sent.countUnexplained(outcome) >= unexplainedMax) return refused('new_chats_locked')
  const isPageRefusal = outcome.kind === 'not_sent' && outcome.reason === 'page_refused'
  if (isPageRefusal && sent.refusals(messageId) >= pageRefusalsMax) return refused('bad_request')
  return outcome
}

/** Sends one message through the page. Never rejects for what the page or the network does. */
export async function sendThroughPage(
  context: SendingContext,
  message: OutboundMessage,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  const to = widOf(message.to)
  if (to === null) return refused('not_on_whatsapp')
  if (message.template) return refused('not_supported')
  if (signal?.aborted === true) return notSent('aborted')
  const prepared = await Promise.race([
    prepare(context, message, to).catch(() => notSent('page_not_ready')),
    abortion(signal).then(() => notSent('aborted')),
  ])
  if ('kind' in prepared) return prepared
  context.sent.begin(message.messageId, to)
  const outcome = judge(context, message.messageId, await handOver(context, prepared, signal))
  if (prepared.file) {
    void context
      .page()
      ?.run(dropFile, prepared.file.handle, context.patience.answerMs)
      .catch(() => undefined)
  }
  return outcome
}

import type {
  ChannelCapabilities,
  InboundEvent,
  OpenRequest,
  Outbox,
  Session,
  SessionListener,
} from '@siar/channel'
import { ChannelUnavailable, createOutbox } from '@siar/channel'
import type { BrowserSource } from '../browser/browser-source.ts'
import { capabilitiesOf } from '../capabilities.ts'
import type { Patience } from '../options.ts'
import { markRead, showComposing } from '../page/question-actions.ts'
import { parseWebBrowserSettings } from '../settings.ts'
import { widOf } from '../wire/address.ts'
import { notSent } from '../wire/send-outcome.ts'
import { createDirectory } from './directory.ts'
import { downloadThroughPage } from './downloading.ts'
import { sendThroughPage } from './sending.ts'
import { createSentMemory } from './sent-messages.ts'
import { SessionRun } from './session-run.ts'

export interface SessionDependencies {
  readonly source: BrowserSource
  readonly pageUrl: string
  readonly patience: Patience
  readonly now: () => Date
  readonly random: () => number
}

const lastEventsMs = 2_000
const typingMsMax = 25_000

function afterTimeout(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

/** Gives the listener time to take what was told last. */
async function drain(outbox: Outbox<InboundEvent>): Promise<void> {
  const deadline = performance.now() + lastEventsMs
  while (outbox.waiting() > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Starts the browser of one sender. */
export function openBrowserSession(
  { source, pageUrl, patience, now, random }: SessionDependencies,
  request: OpenRequest,
  listener: SessionListener,
): Session {
  const settings = parseWebBrowserSettings(request.settings)
  const capabilities: ChannelCapabilities = capabilitiesOf(settings)
  const outbox = createOutbox<InboundEvent>(afterTimeout)
  outbox.attach(listener)
  const sent = createSentMemory()
  const run = new SessionRun({ request, settings, source, pageUrl, outbox, sent, patience, now, random })
  run.start()
  let isClosed = false
  const page = () => (isClosed ? null : run.connectedPage())
  const asking = { page, answerMs: patience.answerMs }
  const end = async (work: Promise<void>): Promise<void> => {
    isClosed = true
    await work
    await drain(outbox)
    outbox.detach()
  }
  return {
    senderId: request.senderId,
    capabilities,
    send: (message, signal) =>
      isClosed
        ? Promise.resolve(notSent('closed'))
        : sendThroughPage({ page, mayAct: () => run.mayAct(), patience, sent }, message, signal),
    showTyping: async (to, durationMs) => {
      const wid = widOf(to)
      const given = { to: wid ?? '', durationMs: Math.min(durationMs, typingMsMax) }
      if (wid !== null)
        await page()
          ?.run(showComposing, given, typingMsMax + 5_000)
          .catch(() => undefined)
    },
    markRead: async (from) => {
      const wid = widOf(from)
      if (wid !== null)
        await page()
          ?.run(markRead, wid, patience.answerMs)
          .catch(() => undefined)
    },
    download: (ref, bytesMax, signal) => downloadThroughPage(asking, ref, bytesMax, signal),
    directory: createDirectory(asking),
    templates: null,
    screenshot: async () => {
      const open = isClosed ? null : run.anyPage()
      if (open === null) throw new ChannelUnavailable('not_connected')
      return open.screenshot().catch((error: unknown) => {
        throw new ChannelUnavailable('no_answer', { cause: error })
      })
    },
    takeWebhooks: async () => undefined,
    close: () => end(run.close()),
    logOut: () => end(run.logOut()),
  }
}

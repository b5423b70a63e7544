import type { InboundEvent, OpenRequest, Outbox, SessionState } from '@siar/channel'
import { assertNever } from '@siar/domain'
import { BrowserUnavailable } from '../browser/browser-source.ts'
import type { BrowserSource, OpenBrowser, ProfileEnd } from '../browser/browser-source.ts'
import type { Patience } from '../options.ts'
import { PageFailed, openPage } from '../page/page-driver.ts'
import type { PageDriver } from '../page/page-driver.ts'
import { unlink } from '../page/question-actions.ts'
import type { WebBrowserSettings } from '../settings.ts'
import { createConsoleNotes } from './console-notes.ts'
import { Life } from './life.ts'
import type { LifeEnd } from './life.ts'
import { PageReactions } from './page-reactions.ts'
import { createPairingCodes } from './pairing-codes.ts'
import type { SentMemory } from './sent-messages.ts'

export interface SessionRunOptions {
  readonly request: OpenRequest
  readonly settings: WebBrowserSettings
  readonly source: BrowserSource
  readonly pageUrl: string
  readonly outbox: Outbox<InboundEvent>
  readonly sent: SentMemory
  readonly patience: Patience
  readonly now: () => Date
  /** 0–1. */
  readonly random: () => number
}

function profileEndOf(end: LifeEnd, wasOnline: boolean): ProfileEnd {
  switch (end.kind) {
    case 'broken':
    case 'lease_lost':
      return 'leave'
    case 'logged_out':
      return 'drop'
    case 'closed':
    case 'banned':
    case 'conflict':
    case 'proxy_blocked':
      return wasOnline ? 'keep' : 'leave'
    case 'unpaired':
      return 'drop'
    default:
      return assertNever(end, 'end of a life')
  }
}

/** Keeps a sender's browser alive: starts it, starts it again after a crash, and ends for good where it must. */
export class SessionRun {
  private readonly options: SessionRunOptions
  private readonly abort = new AbortController()
  private life = new Life()
  private loop: Promise<void> = Promise.resolve()
  private lastState = ''

  constructor(options: SessionRunOptions) {
    this.options = options
  }

  start(): void {
    this.loop = this.keepAlive()
  }

  /** The page while the account is connected, else null. */
  connectedPage(): PageDriver | null {
    return this.life.isOnline ? this.life.driver : null
  }

  /** The page in whatever state it is, else null. */
  anyPage(): PageDriver | null {
    return this.life.isOver ? null : this.life.driver
  }

  mayAct(): boolean {
    return this.options.request.mayAct?.() ?? true
  }

  async close(): Promise<void> {
    this.life.end({ kind: 'closed' })
    this.abort.abort()
    await this.loop
  }

  async logOut(): Promise<void> {
    const { patience } = this.options
    await this.connectedPage()
      ?.run(unlink, undefined, patience.answerMs)
      .catch(() => undefined)
    this.life.end({ kind: 'logged_out', reason: 'logged_out_here' })
    this.abort.abort()
    await this.loop
    await this.options.request.credentials.clear()
  }

  private tell(state: SessionState['state'], reason: string | null, phone: string | null = null): void {
    const key = `${state}/${reason ?? ''}`
    if (key === this.lastState) return
    this.lastState = key
    this.options.outbox.push({ type: 'state', state, reason, phone, at: this.options.now() })
  }

  private async keepAlive(): Promise<void> {
    for (let failures = 0; !this.abort.signal.aborted;) {
      const end = await this.live()
      if (end.kind !== 'broken') return
      failures = this.life.wasOnline ? 1 : failures + 1
      await this.pause(failures)
      this.life = new Life()
      if (this.abort.signal.aborted) this.life.end({ kind: 'closed' })
    }
  }

  private pause(failures: number): Promise<void> {
    const { backoffMs } = this.options.patience
    const delayMs = backoffMs[Math.min(failures, backoffMs.length) - 1] ?? 1_000
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs * (0.5 + this.options.random()))
      this.abort.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer)
          resolve()
        },
        { once: true },
      )
    })
  }

  private async live(): Promise<LifeEnd> {
    const { life } = this
    try {
      await this.begin(life)
    } catch (error) {
      life.end(this.endOf(error))
    }
    const end = await life.ended
    this.announce(end)
    await life.browser?.close(profileEndOf(end, life.wasOnline))
    if (end.kind === 'logged_out') await this.options.request.credentials.clear().catch(() => undefined)
    return end
  }

  private endOf(error: unknown): LifeEnd {
    if (this.abort.signal.aborted) return { kind: 'closed' }
    if (error instanceof BrowserUnavailable || error instanceof PageFailed) {
      return { kind: 'broken', reason: error.reason }
    }
    return { kind: 'broken', reason: 'browser_failed' }
  }

  private async begin(life: Life): Promise<void> {
    if (!this.mayAct()) return life.end({ kind: 'lease_lost' })
    const browser = await this.openBrowser()
    life.browser = browser
    browser.onLost(() => life.end({ kind: 'broken', reason: 'browser_lost' }))
    const { patience, pageUrl } = this.options
    life.after('ready', patience.readyMs, () => life.end({ kind: 'broken', reason: 'page_not_ready' }))
    const driver = await this.openPage(life, browser, pageUrl)
    life.driver = driver
    this.drain(life)
  }

  private openBrowser(): Promise<OpenBrowser> {
    const { request, settings, source } = this.options
    return source.open({
      senderId: request.senderId,
      language: settings.language,
      timeZone: settings.timeZone,
      egress: request.egress,
      credentials: request.credentials,
      mayAct: () => this.mayAct(),
      signal: this.abort.signal,
      onWaiting: () => this.tell('reconnecting', 'waiting_for_a_browser'),
    })
  }

  private early: (() => void)[] = []

  /** Events may come before the page is known to be loaded; they are taken once its driver is there. */
  private drain(life: Life): void {
    const { early } = this
    this.early = []
    if (!life.isOver) for (const take of early) take()
  }

  private openPage(life: Life, browser: OpenBrowser, url: string): Promise<PageDriver> {
    const { outbox, patience, now } = this.options
    const reactions = this.reactionsOf(life, browser)
    const noteOf = createConsoleNotes(now)
    this.early = []
    return openPage(
      browser.context,
      { url, timeoutMs: patience.readyMs },
      {
        event: (event) => {
          if (life.driver === null) this.early.push(() => reactions.take(event))
          else reactions.take(event)
        },
        complaint: (text) => {
          const note = life.isOver ? null : noteOf(text)
          if (note !== null) outbox.push(note)
        },
        ended: (reason) => life.end({ kind: 'broken', reason }),
      },
    )
  }

  private reactionsOf(life: Life, browser: OpenBrowser): PageReactions {
    const { outbox, patience, sent, now, request } = this.options
    const { pairing } = request
    const archive = (): void => {
      browser.archive().then(
        (isDone) => {
          if (!isDone) outbox.push({ type: 'note', kind: 'profile_not_archived', detail: '', at: now() })
        },
        () => life.end({ kind: 'lease_lost' }),
      )
      life.after('archive', patience.archiveMs, archive)
    }
    return new PageReactions({
      life,
      patience,
      codes: createPairingCodes(now),
      sent,
      codePhone: pairing.by === 'code' ? pairing.phone : null,
      now,
      push: (...events) => outbox.push(...events),
      tellState: (state, reason, phone = null) => this.tell(state, reason, phone),
      archive,
    })
  }

  private announce(end: LifeEnd): void {
    switch (end.kind) {
      case 'closed':
        return
      case 'broken':
        return this.tell('reconnecting', end.reason)
      case 'logged_out':
        return this.tell('logged_out', end.reason)
      case 'banned':
        return this.tell('banned', 'whatsapp_banned_the_number')
      case 'conflict':
        return this.tell('offline', 'opened_elsewhere')
      case 'proxy_blocked':
        return this.tell('offline', 'whatsapp_blocks_this_address')
      case 'unpaired':
        return this.tell('offline', 'nobody_scanned_in_time')
      case 'lease_lost':
        return this.tell('offline', 'another_process_owns_the_sender')
      default:
        return assertNever(end, 'end of a life')
    }
  }
}

import type { OpenBrowser } from '../browser/browser-source.ts'
import type { PageDriver } from '../page/page-driver.ts'

/** Why the life of one browser ended. */
export type LifeEnd =
  /** It may be tried again: a crash, a page that did not load, a start that failed. */
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'logged_out'; readonly reason: string }
  | { readonly kind: 'banned' }
  /** WhatsApp Web was opened somewhere else: it is not fought for. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'proxy_blocked' }
  /** Nobody scanned or typed the code. */
  | { readonly kind: 'unpaired' }
  /** Another process may own the sender. */
  | { readonly kind: 'lease_lost' }

/** One browser from its start to its end. */
export class Life {
  browser: OpenBrowser | null = null
  driver: PageDriver | null = null
  /** The account was connected in this life, so the profile is worth keeping. */
  wasOnline = false
  isOnline = false
  readonly ended: Promise<LifeEnd>
  private settle: (end: LifeEnd) => void = () => undefined
  private isEnded = false
  private readonly timers = new Map<string, NodeJS.Timeout>()

  constructor() {
    this.ended = new Promise((resolve) => {
      this.settle = resolve
    })
  }

  get isOver(): boolean {
    return this.isEnded
  }

  /** The first end counts. */
  end(end: LifeEnd): void {
    if (this.isEnded) return
    this.isEnded = true
    this.isOnline = false
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.settle(end)
  }

  /** Runs `act` after a time unless the life is over or the timer of this name was set anew. */
  after(name: string, delayMs: number, act: () => void): void {
    this.cancel(name)
    if (this.isEnded) return
    this.timers.set(name, setTimeout(act, delayMs))
  }

  cancel(name: string): void {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
  }
}

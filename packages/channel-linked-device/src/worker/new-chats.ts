import type { WASocket } from 'baileys'
import type { Host } from './host.ts'

/** As Baileys tells it, from a notice or an answer. */
export interface ReachoutLock {
  readonly isActive?: boolean | undefined
  readonly timeEnforcementEnds?: Date | undefined
}

/** Where WhatsApp does not say how long, it is asked again after so long. */
const unknownMs = 6 * 3_600_000
const timerMsMax = 2_147_483_647
/** Many refusals at once are one question. */
const askGapMs = 60_000

/** WhatsApp's lock on new chats: what it is now, told when it changes, and looked at again when it should be over. */
export class NewChats {
  isLocked = false
  private readonly host: Host
  private readonly announce: (state: 'online' | 'restricted', reason: string | null) => void
  private timer: NodeJS.Timeout | null = null
  private askedAtMs = -Infinity

  constructor(host: Host, announce: (state: 'online' | 'restricted', reason: string | null) => void) {
    this.host = host
    this.announce = announce
  }

  /** After a refusal: asks until when. The answer comes through `take`. */
  ask(socket: WASocket): void {
    if (performance.now() - this.askedAtMs < askGapMs) return
    this.askedAtMs = performance.now()
    socket.fetchAccountReachoutTimelock().catch(() => undefined)
  }

  take({ isActive = false, timeEnforcementEnds }: ReachoutLock, socket: WASocket | null): void {
    const at = new Date()
    const until = isActive ? (timeEnforcementEnds ?? new Date(at.getTime() + unknownMs)) : null
    if (isActive || this.isLocked) this.host.emit({ type: 'new_chats_lock', until, at })
    if (isActive !== this.isLocked) {
      this.announce(isActive ? 'restricted' : 'online', isActive ? 'WhatsApp has locked new chats' : null)
    }
    this.isLocked = isActive
    this.forget()
    if (until === null || socket === null) return
    const delayMs = Math.min(timerMsMax, Math.max(1_000, until.getTime() - at.getTime()))
    this.timer = setTimeout(() => void socket.fetchAccountReachoutTimelock().catch(() => undefined), delayMs)
  }

  /** The connection it would be asked over is gone. */
  forget(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }
}

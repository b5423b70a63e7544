import { ChannelUnavailable } from '@siar/channel'
import type { GraphEnd } from './graph-client.ts'

/** Codes by which Meta limits calls of an app or an account; they say nothing about a message. Source: channels.md §1. */
const limitCodes: readonly (number | null)[] = [4, 17, 32, 613, 80007, 80008]

const firstWaitMs = 2_000
const waitMsMax = 3_600_000

export function isManagementLimit(end: GraphEnd): boolean {
  return end.kind === 'failed' && limitCodes.includes(end.error.code)
}

export interface GateTools {
  readonly now: () => Date
  /** [0, 1). */
  readonly random: () => number
}

/** Lets calls about an account through until Meta asks for a pause; the pauses double, with jitter. */
export class ManagementGate {
  private refusals = 0
  private closedUntilMs = 0
  private readonly tools: GateTools

  constructor(tools: GateTools) {
    this.tools = tools
  }

  /** @throws ChannelUnavailable during a pause, when Meta asks for one, and when it could not be reached. */
  async pass(call: () => Promise<GraphEnd>): Promise<Extract<GraphEnd, { kind: 'done' | 'failed' }>> {
    if (this.isClosed()) throw new ChannelUnavailable('rate_limited')
    const end = await call()
    if (end.kind === 'not_sent' || end.kind === 'lost') throw new ChannelUnavailable(end.reason)
    if (this.note(end)) throw new ChannelUnavailable('rate_limited')
    if (end.kind === 'failed' && end.error.httpStatus >= 500) throw new ChannelUnavailable('service_failed')
    return end
  }

  isClosed(): boolean {
    return this.tools.now().getTime() < this.closedUntilMs
  }

  /** Learns from an answer. @returns true when it asked for a pause. */
  note(end: GraphEnd): boolean {
    if (end.kind === 'done') this.refusals = 0
    if (end.kind !== 'failed' || !isManagementLimit(end)) return false
    const grown = Math.min(firstWaitMs * 2 ** this.refusals, waitMsMax)
    const waitMs = Math.max(grown * (0.5 + this.tools.random()), end.error.retryAfterMs ?? 0)
    this.refusals += 1
    this.closedUntilMs = this.tools.now().getTime() + waitMs
    return true
  }
}

import type { InboundEvent, OpenRequest, Session } from '@siar/channel'
import { expect } from 'vitest'
import type { WebBrowserChannel } from '../channel.ts'

/** A session with everything it told. */
export interface SessionWatch {
  readonly session: Session
  readonly heard: readonly InboundEvent[]
  /** States in the order they were told, with their reasons. */
  states(): string[]
  /** Waits until a state was told, `after` so many of its kind before. */
  reaches(state: string, after?: number): Promise<void>
}

let ids = 0

export function newMessageId(): string {
  ids += 1
  return `msg_${ids.toString(16).padStart(32, 'b')}`
}

export async function watchSession(channel: WebBrowserChannel, request: OpenRequest): Promise<SessionWatch> {
  const heard: InboundEvent[] = []
  const session = await channel.open(request, async (events) => {
    heard.push(...events)
  })
  const states = (): string[] =>
    heard.flatMap((event) => (event.type === 'state' ? [`${event.state}:${event.reason ?? ''}`] : []))
  return {
    session,
    heard,
    states,
    reaches: async (state, after = 0) => {
      const count = (): number => states().filter((told) => told.startsWith(`${state}:`)).length
      await expect.poll(count, { timeout: 30_000, interval: 50 }).toBeGreaterThan(after)
    },
  }
}

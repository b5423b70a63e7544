import { expect } from 'vitest'
import type { InboundEvent, OpenRequest, Session } from '@siar/channel'
import type { MetaSender, MetaWorld } from './meta-world.ts'

/** An open session and what it told. */
export interface OpenedSession {
  readonly session: Session
  readonly heard: InboundEvent[]
  /** Waits until something like `wanted` was told. */
  hears(wanted: object): Promise<void>
}

/** Opens a session on Meta's stand-in and waits until it is online, unless told. */
export async function openSession(
  world: MetaWorld,
  sender: MetaSender,
  { request = {}, isOnline = true }: { request?: Partial<OpenRequest>; isOnline?: boolean } = {},
): Promise<OpenedSession> {
  const heard: InboundEvent[] = []
  const session = await world.channel.open({ ...sender.request, ...request }, async (events) => {
    heard.push(...events)
  })
  const hears = (wanted: object): Promise<void> =>
    expect.poll(() => heard, { timeout: 8_000, interval: 5 }).toContainEqual(expect.objectContaining(wanted))
  if (isOnline) await hears({ type: 'state', state: 'online' })
  return { session, heard, hears }
}

import type { InboundEvent, OpenRequest, Session, SessionListener } from '@siar/channel'
import { expect, vi } from 'vitest'
import type { WahaWorld } from './waha-world.ts'

/** An open session and everything it told. */
export interface Ear {
  readonly session: Session
  readonly heard: readonly InboundEvent[]
  readonly states: () => string[]
  /** Waits until something fits. */
  hear(part: object): Promise<void>
}

const patience = { timeout: 8_000, interval: 15 }

export async function listen(world: WahaWorld, request: OpenRequest): Promise<Ear> {
  const heard: InboundEvent[] = []
  const listener: SessionListener = async (events) => void heard.push(...events)
  const session = await world.channel.open(request, listener)
  return {
    session,
    heard,
    states: () => heard.flatMap((event) => (event.type === 'state' ? [event.state] : [])),
    hear: async (part) => {
      await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining(part)), patience)
    },
  }
}

export async function listenOnline(world: WahaWorld, given: Partial<OpenRequest> = {}): Promise<Ear> {
  const ear = await listen(world, await world.linked(given))
  await ear.hear({ type: 'state', state: 'online' })
  return ear
}

export const patiently = patience

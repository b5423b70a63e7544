import { describe, expect, test } from 'vitest'
import { createRouter } from './routing.ts'
import type { Rotation, RoutingSender } from './routing.ts'

const sender = (senderId: string, change: Partial<RoutingSender> = {}): RoutingSender => ({
  senderId,
  weight: 1,
  waiting: 0,
  healthy: true,
  roomToday: null,
  ...change,
})

function counts(senders: readonly RoutingSender[], rotation: Rotation, total: number): number[] {
  const router = createRouter(senders, rotation)
  const given = new Map<string | null, number>()
  for (let index = 0; index < total; index += 1) {
    const { senderId } = router.next()
    given.set(senderId, (given.get(senderId) ?? 0) + 1)
  }
  return senders.map(({ senderId }) => given.get(senderId) ?? 0)
}

describe('createRouter', () => {
  test('round robin takes each in turn', () => {
    const router = createRouter([sender('a'), sender('b'), sender('c')], 'round_robin')
    const ids = Array.from({ length: 6 }, () => router.next().senderId)
    expect(ids).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  test('weights are kept exactly over a full turn, smoothly interleaved', () => {
    const senders = [
      sender('a', { weight: 5 }),
      sender('b', { weight: 2 }),
      sender('c', { weight: 1 }),
      sender('d', { weight: 0 }),
    ]
    expect(counts(senders, 'weighted', 80)).toEqual([50, 20, 10, 0])
    const router = createRouter(senders, 'weighted')
    expect(Array.from({ length: 8 }, () => router.next().senderId).join('')).toBe('abaacaba')
  })

  test('least loaded levels what is already waiting', () => {
    expect(
      counts([sender('a', { waiting: 10 }), sender('b', { waiting: 4 }), sender('c')], 'least_loaded', 13),
    ).toEqual([0, 5, 8])
  })

  test('a contact keeps the sender it talks with, and waits for it when it is not healthy', () => {
    const router = createRouter(
      [sender('a'), sender('b', { roomToday: 0 }), sender('c', { healthy: false })],
      'round_robin',
    )
    expect(router.next('b')).toEqual({ senderId: 'b', reason: 'sticky' })
    expect(router.next('c')).toEqual({ senderId: null, reason: 'sticky_waits' })
    expect(router.next('elsewhere')).toEqual({ senderId: 'a', reason: 'round_robin' })
  })

  test('never picks an unhealthy sender, and says when there is none', () => {
    expect(createRouter([sender('a', { healthy: false })], 'weighted').next()).toEqual({
      senderId: null,
      reason: 'no_sender',
    })
    expect(createRouter([], 'least_loaded').next()).toEqual({ senderId: null, reason: 'no_sender' })
    expect(counts([sender('a', { healthy: false }), sender('b')], 'round_robin', 5)).toEqual([0, 5])
  })

  test('uses today’s room first and spreads the rest anyway', () => {
    expect(
      counts([sender('new', { roomToday: 20 }), sender('warm', { roomToday: 1000 })], 'round_robin', 500),
    ).toEqual([20, 480])
    expect(counts([sender('a', { roomToday: 1 }), sender('b', { roomToday: 1 })], 'round_robin', 6)).toEqual([
      3, 3,
    ])
  })
})

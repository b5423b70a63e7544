import { describe, expect, test } from 'vitest'
import type { SessionLine } from './network.ts'
import { findLiveTwice, sendersOf, takeoverMsOf } from './sessions.ts'

const line = (
  atMs: number,
  door: number,
  session: number,
  what: SessionLine['what'],
  isReplaced = false,
): SessionLine => ({ atMs, door, senderId: 'snd_a', session, what, isReplaced })

describe('the judge of sessions', () => {
  test('sees nothing wrong in a session that was closed, or whose process was gone, before the next opened', () => {
    const closed = [line(1, 0, 1, 'open'), line(2, 0, 1, 'close'), line(3, 1, 2, 'open')]
    expect(findLiveTwice(closed, [])).toEqual([])
    const killed = [line(1, 0, 1, 'open'), line(9, 1, 2, 'open')]
    expect(findLiveTwice(killed, [{ door: 0, fromMs: 5, toMs: Infinity }])).toEqual([])
  })

  test('calls a sender live twice when its process is there and another one opens a session', () => {
    const lines = [line(1, 0, 1, 'open'), line(9, 1, 2, 'open')]
    expect(findLiveTwice(lines, [])).toHaveLength(1)
    expect(findLiveTwice(lines, [{ door: 0, fromMs: 2, toMs: 6 }])).toHaveLength(1)
  })

  test('calls a sender live twice when a message comes through a session that was replaced', () => {
    const lines = [line(1, 0, 1, 'open'), line(9, 1, 2, 'open'), line(12, 0, 1, 'send', true)]
    expect(findLiveTwice(lines, [{ door: 0, fromMs: 2, toMs: 10 }])).toHaveLength(1)
  })

  test('lets a process open a session in place of its own', () => {
    expect(findLiveTwice([line(1, 0, 1, 'open'), line(2, 0, 2, 'open')], [])).toEqual([])
  })

  test('measures to the last sender that came back through another door', () => {
    const lines = [line(1, 0, 1, 'open'), line(2, 1, 2, 'open'), line(30, 2, 3, 'open')]
    expect(sendersOf(lines, 1)).toEqual([])
    expect(sendersOf(lines, 2)).toEqual(['snd_a'])
    expect(takeoverMsOf(lines, ['snd_a'], 1, 10)).toBe(20)
    expect(takeoverMsOf(lines, ['snd_a', 'snd_b'], 1, 10)).toBeNull()
  })
})

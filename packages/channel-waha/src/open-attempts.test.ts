import { memoryCredentials } from '@siar/channel/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { OpenAttempts } from './open-attempts.ts'

const hello = { to: '+6281200000001', text: 'Halo Sari', hasMedia: false }
const minuteMs = 60_000

describe('open attempts', () => {
  let nowMs: number
  let store = memoryCredentials()
  let attempts: OpenAttempts
  const build = (): OpenAttempts => new OpenAttempts(store, () => nowMs)
  beforeEach(() => {
    nowMs = Date.parse('2026-11-20T03:00:00Z')
    store = memoryCredentials()
    attempts = build()
  })

  const lose = async (messageId: string, likeness = hello): Promise<void> => {
    const attempt = await attempts.begin(messageId, likeness)
    attempt.lost()
  }

  test('the only attempt that looks like a message is settled by it, once and for later receipts', async () => {
    await lose('msg_1')
    const ours = { kind: 'ours', messageId: 'msg_1' }
    expect(await attempts.originOf('3EB0A', hello, nowMs + minuteMs)).toEqual(ours)
    expect(await attempts.originOf('3EB0A', hello, nowMs + minuteMs)).toEqual(ours)
    expect(attempts.settledIdOf('3EB0A')).toBe('msg_1')
    expect(await attempts.originOf('3EB0B', hello, nowMs + minuteMs)).toEqual({ kind: 'foreign' })
  })

  test('of several attempts that look alike none is settled', async () => {
    await lose('msg_1')
    await lose('msg_2')
    expect(await attempts.originOf('3EB0A', hello, nowMs)).toEqual({ kind: 'ambiguous' })
    expect(attempts.settledIdOf('3EB0A')).toBeNull()
  })

  test.each([
    ['another person', { ...hello, to: '+6281200000009' }, 0],
    ['another text', { ...hello, text: 'Halo Budi' }, 0],
    ['a file', { ...hello, hasMedia: true }, 0],
    ['a time long after', hello, 20 * minuteMs],
    ['a time long before', hello, -5 * minuteMs],
  ])('a message with %s is not taken for it', async (_name, likeness, offsetMs) => {
    await lose('msg_1')
    expect(await attempts.originOf('3EB0A', likeness, nowMs + offsetMs)).toEqual({ kind: 'foreign' })
  })

  test('white space and the form of letters do not matter', async () => {
    await lose('msg_1', { ...hello, text: 'Cafe\u0301\n  buka ' })
    const shown = { ...hello, text: 'Café buka' }
    expect(await attempts.originOf('3EB0A', shown, nowMs)).toMatchObject({ messageId: 'msg_1' })
  })

  test('a message that WAHA shows before it answers waits for the answer', async () => {
    const attempt = await attempts.begin('msg_1', hello)
    const origin = attempts.originOf('3EB0A', hello, nowMs)
    attempt.accepted('3EB0A')
    expect(await origin).toEqual({ kind: 'ours', messageId: null })
  })

  test('a message the owner wrote while a call ran is not ours when the answer names another', async () => {
    const attempt = await attempts.begin('msg_1', hello)
    const origin = attempts.originOf('3EB0A', hello, nowMs)
    attempt.accepted('3EB0B')
    expect(await origin).toEqual({ kind: 'foreign' })
  })

  test('what was refused or never left is not looked for', async () => {
    const attempt = await attempts.begin('msg_1', hello)
    attempt.dropped()
    expect(await attempts.originOf('3EB0A', hello, nowMs)).toEqual({ kind: 'foreign' })
  })

  test('another process goes on with what a killed one left running', async () => {
    await attempts.begin('msg_1', hello)
    const next = build()
    await next.load()
    expect(await next.originOf('3EB0A', hello, nowMs)).toEqual({ kind: 'ours', messageId: 'msg_1' })
    const third = build()
    await third.load()
    expect(third.settledIdOf('3EB0A')).toBe('msg_1')
  })

  test('the store holds neither text nor number', async () => {
    await lose('msg_1')
    const kept = (await store.read(['open-attempts'])).get('open-attempts')
    const text = new TextDecoder().decode(kept)
    expect(text).toContain('msg_1')
    expect(text).not.toMatch(/Halo|81200000001/)
  })

  test('nothing is begun while the store refuses, and nothing stays open', async () => {
    const broken = new OpenAttempts(
      { ...store, write: () => Promise.reject(new Error('another process owns the sender')) },
      () => nowMs,
    )
    await expect(broken.begin('msg_1', hello)).rejects.toThrow()
    expect(await broken.originOf('3EB0A', hello, nowMs)).toEqual({ kind: 'foreign' })
  })

  test('a broken entry of the store is passed over', async () => {
    for (const text of ['{"open":7,"sent":[[1]]}', '{"open":[', '']) {
      await store.write(new Map([['open-attempts', new TextEncoder().encode(text)]]))
      await expect(build().load()).resolves.toBeUndefined()
    }
  })

  test('attempts do not pile up', async () => {
    for (let index = 0; index < 300; index += 1) {
      await lose(`msg_${index}`, { ...hello, text: `Halo ${index}` })
      nowMs += minuteMs
    }
    const kept = (await store.read(['open-attempts'])).get('open-attempts')
    expect(kept?.byteLength).toBeLessThan(5_000)
  })
})

import { describe, expect, test } from 'vitest'
import { answerEntry, isFreeTextAllowed, windowsOfTalk } from './free-text.ts'
import type { Talk } from './free-text.ts'
import { channelKinds } from './sender.ts'

const hourMs = 3_600_000
const none: Talk = { lastIncomingAtMs: null, adEntryAtMs: null, freeEntryUntilMs: null }

describe('free text on Cloud API', () => {
  const allowed = (talk: Partial<Talk>, nowMs: number): boolean =>
    isFreeTextAllowed('cloud_api', windowsOfTalk({ ...none, ...talk }), nowMs)

  test('goes for 24 hours after the last message of the person, to the millisecond', () => {
    expect(allowed({ lastIncomingAtMs: 0 }, 24 * hourMs - 1)).toBe(true)
    expect(allowed({ lastIncomingAtMs: 0 }, 24 * hourMs)).toBe(false)
    expect(allowed({}, 0)).toBe(false)
  })

  test('does not go by a free entry alone, however long that is free of charge', () => {
    expect(allowed({ lastIncomingAtMs: 0, freeEntryUntilMs: 80 * hourMs }, 30 * hourMs)).toBe(false)
  })

  test('always goes through every other channel', () => {
    for (const channel of channelKinds.filter((kind) => kind !== 'cloud_api')) {
      expect(isFreeTextAllowed(channel, windowsOfTalk(none), 0)).toBe(true)
    }
  })
})

describe('an entry by an advertisement', () => {
  const entered: Talk = { ...none, lastIncomingAtMs: 0, adEntryAtMs: 0 }

  test('answered within 24 hours opens 72 hours from the answer, once', () => {
    const answered = answerEntry(entered, 23 * hourMs)
    expect(answered).toMatchObject({ adEntryAtMs: null, freeEntryUntilMs: 95 * hourMs })
    expect(answerEntry(answered, 30 * hourMs)).toEqual(answered)
  })

  test('answered later, or never made, opens nothing', () => {
    expect(answerEntry(entered, 24 * hourMs)).toMatchObject({ adEntryAtMs: null, freeEntryUntilMs: null })
    expect(answerEntry(none, hourMs)).toEqual(none)
  })

  test('never shortens a free time that lasts longer', () => {
    const free = { ...entered, freeEntryUntilMs: 200 * hourMs }
    expect(answerEntry(free, hourMs).freeEntryUntilMs).toBe(200 * hourMs)
  })
})

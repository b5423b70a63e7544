import { expect, test } from 'vitest'
import { LaneWork } from './lane-work.ts'
import type { TakeResult } from './taker.ts'

const noon = Date.UTC(2026, 10, 20, 5)

/** One message goes from the first run, one of each other run that was asked is left for want of room. */
function takeOne(asked: readonly string[], sequence: number): TakeResult {
  const doneUpTo = { dueAt: new Date(noon), sequence }
  return {
    outgoing: [],
    seenByRun: new Map(
      asked.map((runId, index) => [runId, { count: 1, doneUpTo: index === 0 ? doneUpTo : null }]),
    ),
    askedByRun: new Map(asked.map((runId) => [runId, 1])),
    held: 0,
    renewsAtMs: null,
    toLookUp: [],
    next: null,
  }
}

test.each([2, 3, 4, 7])('%i runs share a sender that sends one by one evenly', (count) => {
  const work = new LaneWork()
  const runIds = Array.from({ length: count }, (_, index) => `run_${index}`)
  work.hear(
    runIds.map((runId) => ({ senderId: 'snd_1', runId, dueAt: new Date(noon) })),
    noon,
  )
  const sent = new Map<string, number>()
  for (let message = 1; message <= count * 10; message += 1) {
    const asked = work.dueRuns(noon).slice(0, 2)
    const first = asked[0] ?? ''
    sent.set(first, (sent.get(first) ?? 0) + 1)
    work.tell(takeOne(asked, message))
  }
  expect([...sent.values()]).toEqual(runIds.map(() => 10))
})

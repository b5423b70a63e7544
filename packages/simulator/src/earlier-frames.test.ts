import type { InboundEvent } from '@siar/channel'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createFileRecord, readFrames } from './frame-file.ts'
import { createSimulatedNetwork } from './network.ts'
import type { NetworkSession } from './network.ts'
import { createVirtualTime } from './testing/virtual-time.ts'
import type { VirtualTime } from './testing/virtual-time.ts'

const folder = mkdtempSync(join(tmpdir(), 'siar-earlier-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Process {
  readonly session: NetworkSession
  readonly heard: InboundEvent[]
}

const person = {
  onWhatsApp: true,
  habit: 'replies',
  reading: 'soon',
  deliveryMs: 2_000,
  readMs: 10_000,
  actMs: 10_000,
} as const
const to = '+6281200000001'

/** A process with a network of its own on a shared record. It "dies" when nobody moves its time any more. */
async function startProcess(path: string, time: VirtualTime, dedupesOurId: boolean): Promise<Process> {
  const network = createSimulatedNetwork({
    seed: 'earlier',
    now: time.now,
    schedule: time.schedule,
    record: createFileRecord(path),
    defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 1, dedupesOurId },
  })
  await network.control.setPerson(to, person)
  const heard: InboundEvent[] = []
  const request = { senderId: 'snd_1', phone: '+6289500000001', settings: {} }
  const session = network.open(request, async (events) => void heard.push(...events))
  await time.advanceBy(1_100)
  return { session, heard }
}

const message = { messageId: 'msg_1', to, text: 'Halo' }
const toldBy = ({ heard }: Process): string[] =>
  heard.flatMap((event) => {
    if (event.type === 'receipt') return [event.kind]
    return event.type === 'message' ? [event.channelMessageId] : []
  })

/** The time of a process that was killed stands still; the next one goes on at the same instant. */
async function kill(time: VirtualTime): Promise<VirtualTime> {
  const next = createVirtualTime()
  await next.advanceBy(time.nowMs() - next.nowMs())
  return next
}

describe('a network that takes up what an earlier one showed', () => {
  test('an id that was shown before a crash is not shown again', async () => {
    const path = join(folder, 'again.jsonl')
    const time = createVirtualTime()
    const before = await startProcess(path, time, true)
    const first = await before.session.send(message)
    const after = await startProcess(path, await kill(time), true)
    expect(await after.session.send(message)).toEqual(first)
    await new Promise((resolve) => setImmediate(resolve))
    expect(readFrames(path).map(({ shown }) => shown)).toEqual([true, false])
  })

  test('receipts and answers that were owed at a crash come after it, once by their ids', async () => {
    const path = join(folder, 'owed.jsonl')
    const time = createVirtualTime()
    const before = await startProcess(path, time, false)
    await before.session.send(message)
    await time.advanceBy(5_000)
    expect(toldBy(before)).toEqual(['delivered'])
    const later = await kill(time)
    const after = await startProcess(path, later, false)
    await later.advanceBy(60_000)
    await time.advanceBy(60_000)
    expect(toldBy(after)).toEqual(['delivered', 'read', 'SIM-RE-msg_1'])
    expect(toldBy(before)).toEqual(toldBy(after))
  })

  test('a process that wakes up does not show again what the one that took over has shown', async () => {
    const path = join(folder, 'frozen.jsonl')
    const time = createVirtualTime()
    const frozen = await startProcess(path, time, true)
    const successor = await startProcess(path, await kill(time), true)
    await successor.session.send(message)
    await new Promise((resolve) => setImmediate(resolve))
    await frozen.session.send(message)
    await new Promise((resolve) => setImmediate(resolve))
    expect(readFrames(path).map(({ shown }) => shown)).toEqual([true, false])
  })

  test('a line that was cut off by a crash spoils no other', async () => {
    const path = join(folder, 'cut.jsonl')
    const time = createVirtualTime()
    const before = await startProcess(path, time, true)
    await before.session.send(message)
    await new Promise((resolve) => setImmediate(resolve))
    appendFileSync(path, '{"at":"2026-11')
    const after = await startProcess(path, await kill(time), true)
    await after.session.send({ ...message, messageId: 'msg_2' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(readFrames(path).map(({ messageId }) => messageId)).toEqual(['msg_1', 'msg_2'])
  })
})

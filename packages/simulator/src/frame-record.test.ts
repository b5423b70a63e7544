import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createFileRecord, readFrames } from './frame-file.ts'
import { createMemoryRecord } from './frame-record.ts'
import type { Frame } from './frame-record.ts'

const folder = mkdtempSync(join(tmpdir(), 'siar-frames-'))
afterAll(() => rmSync(folder, { recursive: true }))

function frame(messageId: string, shown = true): Frame {
  return { at: '2026-11-20T03:00:00.000Z', senderId: 'snd_1', messageId, to: '+6281200000001', shown }
}

describe('frame record', () => {
  test('a file holds every frame in order, also over a new start', async () => {
    const path = join(folder, 'deep', 'frames.jsonl')
    const first = createFileRecord(path)
    first.append(frame('a'))
    first.append(frame('b', false))
    expect(first.counts()).toEqual({ frames: 2, shown: 1 })
    await first.close()
    const second = createFileRecord(path)
    second.append(frame('c'))
    await second.close()
    expect(readFrames(path).map((line) => line.messageId)).toEqual(['a', 'b', 'c'])
  })

  test('frames are in the file before the next turn of the event loop, without a flush', async () => {
    const path = join(folder, 'turn.jsonl')
    const record = createFileRecord(path)
    record.append(frame('a'))
    await new Promise((resolve) => setTimeout(resolve, 0))
    await new Promise((resolve) => setImmediate(resolve))
    expect(readFrames(path)).toEqual([frame('a')])
    await record.close()
  })

  test('a line cut off by a crash is left out', async () => {
    const path = join(folder, 'cut.jsonl')
    const record = createFileRecord(path)
    record.append(frame('a'))
    await record.close()
    appendFileSync(path, '{"at":"2026-11')
    expect(readFrames(path)).toEqual([frame('a')])
  })

  test('memory keeps the newest frames and counts all', () => {
    const record = createMemoryRecord({ framesMax: 3 })
    for (let index = 0; index < 10; index += 1) record.append(frame(String(index)))
    expect(record.counts().frames).toBe(10)
    expect(record.list().map((line) => line.messageId)).toEqual(['7', '8', '9'])
    expect(record.list({ messageId: '8' })).toHaveLength(1)
    expect(record.list({ limit: 1 })).toEqual([frame('9')])
  })
})

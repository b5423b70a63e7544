import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeRestore, raisedMark } from './restore-verdict.ts'
import type { DatabaseMark, FileMark } from './restore-verdict.ts'

const hourMs = 3_600_000
const installationId = 'here'

interface Machine {
  file: FileMark | null
}

/** What one start or one minute of life does, the database first. */
function step(database: DatabaseMark | null, machine: Machine, now: Date) {
  const verdict = judgeRestore(database, machine.file, now)
  const mark = raisedMark(database ?? { installationId, epoch: 1, count: 0 }, machine.file, verdict.restored)
  machine.file = { ...mark, isCopy: false }
  return { verdict, database: { ...mark, raisedAt: now } }
}

test('any number of machines on one database, in any order and after any rest, never look like a restore', () => {
  const life = fc.array(fc.record({ machine: fc.nat(3), restMs: fc.nat(20 * hourMs) }), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(life, (steps) => {
      const machines: Machine[] = [0, 1, 2, 3].map(() => ({ file: null }))
      let database: DatabaseMark | null = null
      let nowMs = 0
      for (const { machine, restMs } of steps) {
        const one = machines[machine] as Machine
        nowMs += one.file ? restMs : Math.min(restMs, hourMs)
        const done = step(database, one, new Date(nowMs))
        expect(done.verdict.restored).toBe(false)
        database = done.database
      }
    }),
  )
})

test('the machine that saw the database further on notices every older copy, and the others then leave it alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(5),
      (before, after, rest) => {
        const [one, other]: [Machine, Machine] = [{ file: null }, { file: null }]
        let database: DatabaseMark | null = null
        const now = () => new Date(0)
        for (let index = 0; index < before; index += 1) database = step(database, one, now()).database
        const copy = database
        for (let index = 0; index < rest; index += 1) database = step(database, other, now()).database
        for (let index = 0; index < after; index += 1) database = step(database, one, now()).database
        const noticed = step(copy, one, now())
        expect(noticed.verdict).toEqual({ restored: true, reason: 'older_than_file' })
        expect(step(noticed.database, other, now()).verdict.restored).toBe(false)
        expect(step(noticed.database, one, now()).verdict.restored).toBe(false)
        expect(step(copy, one, now()).verdict.restored).toBe(true)
      },
    ),
  )
})

test('a database that nobody here knows is a restored one when nobody has worked on it for an hour', () => {
  const database = { installationId, epoch: 1, count: 7, raisedAt: new Date(0) }
  const foreign = { installationId: 'elsewhere', epoch: 9, count: 99, isCopy: false }
  for (const file of [null, foreign]) {
    expect(judgeRestore(database, file, new Date(hourMs)).restored).toBe(false)
    expect(judgeRestore(database, file, new Date(hourMs + 1))).toEqual({
      restored: true,
      reason: 'elsewhere',
    })
  }
  expect(judgeRestore(null, foreign, new Date(hourMs * 9)).restored).toBe(false)
})

test('a data folder that was unpacked from a backup is a restore, unless somebody works on the database now', () => {
  const database = { installationId, epoch: 1, count: 7, raisedAt: new Date(0) }
  const file = { installationId, epoch: 1, count: 7, isCopy: true }
  expect(judgeRestore(database, file, new Date(120_000)).restored).toBe(false)
  expect(judgeRestore(database, file, new Date(120_001))).toEqual({ restored: true, reason: 'copied_folder' })
  expect(judgeRestore(database, { ...file, isCopy: false }, new Date(hourMs * 99)).restored).toBe(false)
})

import { afterEach, expect, test } from 'vitest'
import { endEverything } from './children.ts'
import { proveDatabase } from './database.ts'
import { proveKill } from './kill.ts'
import { brokenPromises } from './proof.ts'
import type { Proof } from './proof.ts'
import { proveWorkers } from './workers.ts'

/** The short forms of `npm run chaos`. */
async function prove(proof: Proof, rounds: number) {
  const told: string[] = []
  const say = (line: string): void => void told.push(line)
  const result = await proof({ rounds, isShort: true, logFile: null, say })
  expect(brokenPromises(result), told.join('\n')).toEqual([])
  return result
}

afterEach(() => endEverything())

/** A minute on a quiet machine; on a busy one the processes alone take that long to start. */
const patience = { timeout: 600_000 }

test('killed wherever it waits, Siar loses nobody and shows nobody a message twice', patience, async () => {
  const { sent, unknown, details } = await prove(proveKill, 4)
  expect(sent + unknown).toBe(800)
  expect(details['kills']).toBeGreaterThan(0)
})

test(
  'when PostgreSQL is cut off and killed, Siar lives on and ends its campaigns and imports by itself',
  patience,
  async () => {
    const { sent, unknown } = await prove(proveDatabase, 2)
    expect(sent + unknown).toBe(400)
  },
)

test(
  'a sender is never live twice, and lives on elsewhere within ten seconds when its worker is killed or frozen',
  patience,
  async () => {
    const { sent, unknown, liveTwice } = await prove(proveWorkers, 1)
    expect(sent + unknown).toBe(600)
    expect(liveTwice).toBe(0)
  },
)

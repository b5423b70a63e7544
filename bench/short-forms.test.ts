import { expect, test } from 'vitest'
import { bench as api } from './api.ts'
import { bench as audience } from './audience.ts'
import type { BenchArguments } from './bench.ts'
import { bench as throughput } from './campaign-throughput.ts'
import { bench as cloudApi } from './cloud-api.ts'
import { bench as importing } from './import.ts'
import { bench as pacedScale } from './paced-scale.ts'
import { bench as render } from './render.ts'

/** A benchmark in small: figures of speed mean nothing then, but what it does must come out whole. */
function small(sizes: Readonly<Record<string, number>>): BenchArguments {
  return { number: (name, fallback) => sizes[name] ?? fallback, flag: () => false, say: () => undefined }
}

test(
  'campaign-throughput ends with every message sent once, read and counted',
  { timeout: 120_000 },
  async () => {
    const sizes = { recipients: 600, campaigns: 3, senders: 2, runs: 1, 'recipe-recipients': 50 }
    const { figures } = await throughput.run(small(sizes))
    expect(figures['siarPerS']).toBeGreaterThan(0)
    expect(figures['limitPerS']).toBeGreaterThan(0)
  },
)

test(
  'cloud-api hands everybody to Meta once and counts every status that comes back',
  { timeout: 120_000 },
  async () => {
    const { figures } = await cloudApi.run(small({ people: 150, rate: 100, latency: 20, runs: 1 }))
    expect(figures).toMatchObject({
      offeredPerS: 100,
      lost: 0,
      duplicated: 0,
      statusesMissing: 0,
      refused: 0,
    })
    expect(figures['webhooks']).toBeGreaterThan(0)
  },
)

test('paced-scale finds no sender faster than its pacing', { timeout: 120_000 }, async () => {
  const sizes = { workspaces: 2, senders: 20, campaigns: 20, recipients: 30, seconds: 4 }
  const { figures } = await pacedScale.run(small(sizes))
  expect(figures['tooFast']).toBe(0)
  expect(figures['sent']).toBeGreaterThan(0)
})

test(
  'audience freezes everybody, those who may not get it with their reason',
  { timeout: 120_000 },
  async () => {
    const { figures, load } = await audience.run(small({ people: 2_000, runs: 1 }))
    expect(figures['rows']).toBe(2_000)
    expect(load).toContain('1620 may get it')
    expect(figures).toMatchObject({ segmentPeople: 341, quietPeople: 66 })
  },
)

test('api answers every request of its visitors', { timeout: 120_000 }, async () => {
  const { figures } = await api.run(small({ people: 2_000, users: 5, think: 50, seconds: 2 }))
  expect(figures['errors']).toBe(0)
  expect(figures['requests']).toBeGreaterThan(0)
})

test(
  'import makes everybody of its file a contact, and counts the others as broken or named twice',
  { timeout: 120_000 },
  async () => {
    const { figures, load } = await importing.run(small({ rows: 2_500, runs: 1 }))
    expect(load).toContain('2125 people, 250 rows a second time, 125 broken')
    expect(figures['rows']).toBe(2_500)
    expect(figures['ratioCopy']).toBeGreaterThan(0)
  },
)

test('render measures every engine', async () => {
  const { figures } = await render.run(small({ runs: 1 }))
  expect(figures['perS']).toBeGreaterThan(0)
  expect(figures['fastestPeerPerS']).toBeGreaterThan(0)
})

import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { beatLeases, removeProcess } from './leases.repo.ts'
import { LeaseLost } from './owned-sender.ts'
import type { Lease } from './owned-sender.ts'
import { createSessionWorld, quickTimes } from './session-world.fixtures.ts'
import type { TestProcess } from './session-world.fixtures.ts'

const database = await testDatabase({ poolMax: 16 })
const world = await createSessionWorld(database)
const { core, simulator } = world

async function started(): Promise<TestProcess> {
  const process = world.buildProcess()
  await process.manager.start()
  return process
}

function leaseOf(process: TestProcess, senderId: string): Lease {
  const owned = process.manager.findOwned(senderId)
  if (!owned) throw new Error('the process does not own the sender')
  return { shard: owned.shard, epoch: owned.epoch }
}

const untilOwned = (process: TestProcess, senderId: string): Promise<unknown> =>
  waitUntil(() => process.manager.findOwned(senderId)?.status === 'online', { what: 'ownership' })

afterEach(() => world.stopProcesses())

describe('leases', () => {
  test('two processes share the shards fairly and never hold one sender at once', async () => {
    const ids = await Promise.all(Array.from({ length: 24 }, () => world.addSender()))
    const first = await started()
    const second = await started()
    let heldTwice = 0
    await waitUntil(() => {
      for (const id of ids) if (first.manager.findOwned(id) && second.manager.findOwned(id)) heldTwice += 1
      return first.manager.stats().shards === 128 && second.manager.stats().shards === 128
    })
    await waitUntil(() =>
      ids.every((id) => (first.manager.findOwned(id) ?? second.manager.findOwned(id))?.status === 'online'),
    )
    expect(heldTwice).toBe(0)
    expect((await simulator.control.counts()).replacedSessions).toBe(0)
    const owners = ids.map((id) => (first.manager.findOwned(id) ? 'first' : 'second'))
    expect(new Set(owners).size).toBe(2)
  })

  test.each([3, 4])('%i processes end with equal shares, and again when one leaves', async (count) => {
    const processes: TestProcess[] = []
    for (let index = 0; index < count; index += 1) processes.push(await started())
    const untilEven = (living: readonly TestProcess[]) =>
      waitUntil(() => {
        const shares = living.map((process) => process.manager.stats().shards)
        const isWhole = shares.reduce((sum, share) => sum + share, 0) === 256
        return isWhole && Math.max(...shares) === Math.ceil(256 / living.length)
      })
    await untilEven(processes)
    await processes[0]?.manager.stop()
    await untilEven(processes.slice(1))
  })

  test('a beat cannot keep rows of leases longer than a take-over may last, wherever its process freezes', async () => {
    const limits = await core.inSystem(async (scope) => {
      await beatLeases(scope, { processId: 'frozen', role: 'worker', leaseMs: 1, held: [] })
      const [row] = await scope.query<Record<'idle' | 'lock' | 'statement', string>>(
        `select current_setting('idle_in_transaction_session_timeout') as idle,
           current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`,
      )
      return row
    })
    expect(limits).toEqual({ idle: '4s', lock: '3s', statement: '10s' })
    await core.inSystem((scope) => removeProcess(scope, 'frozen'))
  })

  test('a process that stops gives its shards back drained, at once', async () => {
    const id = await world.addSender()
    const first = await started()
    await untilOwned(first, id)
    const drained: string[] = []
    first.manager.onRelease(async (ids) => void drained.push(...ids))
    const second = await started()
    await first.manager.stop()
    await untilOwned(second, id)
    expect(second.manager.stats().shards).toBe(256)
    expect(drained).toContain(id)
  })

  test('when an owner freezes, another takes over with a higher epoch, and the old one sends and writes nothing', async () => {
    const id = await world.addSender()
    const first = await started()
    await untilOwned(first, id)
    const before = leaseOf(first, id)
    const session = first.manager.findOwned(id)?.session
    first.freeze()
    const second = await started()
    await untilOwned(second, id)
    expect(leaseOf(second, id).epoch).toBeGreaterThan(before.epoch)
    expect(first.manager.findOwned(id)).toBeNull()
    expect([...first.manager.ownedSenders()]).toEqual([])
    const message = { messageId: core.newId('msg'), to: '+6281200000001', text: 'Halo' }
    expect(await session?.send(message)).toMatchObject({ kind: 'not_sent' })
    const write = core.inSystem((scope) => first.manager.lockLease(scope, before))
    await expect(write).rejects.toThrow(LeaseLost)
    expect((await simulator.control.counts()).staleSends).toBe(0)
    first.thaw()
    await waitUntil(() => first.manager.stats().shards > 0, { what: 'a new start of the thawed process' })
  })

  test('a take-over waits for a transaction that holds the lease', async () => {
    const id = await world.addSender()
    const first = await started()
    await untilOwned(first, id)
    const letGo = await holdLease(first, leaseOf(first, id))
    first.freeze()
    await expireLeases()
    const second = await started()
    await waitUntil(() => second.manager.stats().shards === 255, { what: 'every other shard' })
    expect(second.manager.findOwned(id)).toBeNull()
    await letGo()
    await untilOwned(second, id)
  })

  test('a beat renews while lanes hold locks, and many lanes lock one lease together', async () => {
    const id = await world.addSender()
    const first = await started()
    await untilOwned(first, id)
    const lease = leaseOf(first, id)
    const letGo = await Promise.all([holdLease(first, lease), holdLease(first, lease)])
    const before = await expiryOf(lease)
    await waitUntil(async () => (await expiryOf(lease)) > before, { what: 'a renewal' })
    await Promise.all(letGo.map((release) => release()))
  })

  test('a lease is refused under an older epoch, and after its time even when nobody took it', async () => {
    const id = await world.addSender()
    const first = await started()
    await untilOwned(first, id)
    const lease = leaseOf(first, id)
    const older = { ...lease, epoch: lease.epoch - 1 }
    await expect(core.inSystem((scope) => first.manager.lockLease(scope, older))).rejects.toThrow(LeaseLost)
    first.freeze()
    await expireLeases()
    await expect(core.inSystem((scope) => first.manager.lockLease(scope, lease))).rejects.toThrow(LeaseLost)
  })

  test('sessions end by the own clock when the database cannot be reached', async () => {
    const id = await world.addSender()
    let isDown = false
    const process = world.buildProcess({
      beatInSystem: async (run) => {
        if (isDown) throw new Error('the database is gone')
        return core.inSystem(run)
      },
    })
    await process.manager.start()
    await untilOwned(process, id)
    isDown = true
    const at = performance.now()
    await waitUntil(() => process.manager.stats().sessions === 0)
    expect(performance.now() - at).toBeLessThan(quickTimes.leaseMs)
    isDown = false
    await untilOwned(process, id)
  })
})

/** Holds the lock of a lane's transaction until the answer is called. */
async function holdLease(process: TestProcess, lease: Lease): Promise<() => Promise<void>> {
  const client = await database.pool.connect()
  await client.query('begin')
  const { rows } = await client.query<{ held: number }>(
    'select siar_lock_leases($1, array[$2::smallint], array[$3::bigint]) as held',
    [process.manager.processId, lease.shard, lease.epoch],
  )
  let isHeld = true
  const letGo = async (): Promise<void> => {
    if (!isHeld) return
    isHeld = false
    await client.query('commit')
    client.release()
  }
  onTestFinished(letGo)
  expect(rows[0]?.held).toBe(1)
  return letGo
}

async function expiryOf(lease: Lease): Promise<Date> {
  const { rows } = await database.pool.query<{ at: Date }>(
    'select expires_at as at from shards where shard = $1',
    [lease.shard],
  )
  return rows[0]?.at ?? new Date(0)
}

async function expireLeases(): Promise<void> {
  await database.pool.query(`update shards set expires_at = now() - interval '1 second'`)
  await database.pool.query(`update processes set seen_at = now() - interval '1 minute'`)
}

import { createMemoryRecord } from '@siar/simulator'
import type { FrameRecord } from '@siar/simulator'
import { setTimeout as wait } from 'node:timers/promises'
import type { Core } from '../../apps/server/src/core.ts'
import { readIdleMb, watchMemory } from '../memory.ts'
import type { Installation } from './installation.ts'
import { buildLanes } from './lanes.ts'
import type { Shop } from './shop.ts'

export interface SiarResult {
  readonly perSecond: number
  readonly rssAboveIdleMb: number
}

/** The full path of the product: leases, lanes, gate, rendering, attempts, outcomes, receipts and counters, under row security. */
export async function runSiar(
  own: Installation,
  shop: Shop,
  recipients: number,
  batchSize: number,
): Promise<SiarResult> {
  const { core } = own
  const record = createMemoryRecord({ framesMax: 0 })
  const lanes = buildLanes(own, record, { batchSize })
  const idleMb = await readIdleMb()
  const memory = watchMemory()
  const startedAt = performance.now()
  await lanes.start()
  await untilAllRead(core, shop, recipients)
  const seconds = (performance.now() - startedAt) / 1000
  const peakMb = memory.stop()
  await lanes.stop()
  await expectComplete(core, shop, recipients, record)
  return { perSecond: recipients / seconds, rssAboveIdleMb: Math.max(0, peakMb - idleMb) }
}

/** Reads the counters, as a screen would; the last recipient that was read ends the clock. */
async function untilAllRead(core: Core, shop: Shop, recipients: number): Promise<void> {
  for (;;) {
    const { rows } = await core.database.pool.query<{ read: number; open: number }>(
      `select coalesce(sum(count) filter (where figure = 'read'), 0)::int as read,
         coalesce(sum(count) filter (where figure in ('skipped', 'refused', 'unknown')), 0)::int as open
       from run_figures where run_id = any($1::text[])`,
      [[...shop.runIds]],
    )
    if ((rows[0]?.read ?? 0) >= recipients) return
    if ((rows[0]?.open ?? 0) > 0)
      throw new Error(`recipients ended otherwise than read: ${JSON.stringify(rows[0])}`)
    await wait(50)
  }
}

/** A fast run that lost or doubled a message is no result. */
async function expectComplete(
  core: Core,
  shop: Shop,
  recipients: number,
  record: FrameRecord,
): Promise<void> {
  const { rows } = await core.database.pool.query<Record<string, number>>(
    `select (select count(*)::int from recipients where status = 'read') as read,
       (select count(*)::int from attempts where outcome = 'accepted') as attempts,
       (select count(*)::int from messages) as messages, (select count(*)::int from receipts) as receipts,
       (select count(*)::int from runs where status = 'completed') as completed`,
  )
  const expected = { read: recipients, attempts: recipients, messages: recipients, receipts: recipients * 2 }
  const found = { ...rows[0], frames: record.counts().frames }
  const wanted = { ...expected, completed: shop.runIds.length, frames: recipients }
  for (const [name, count] of Object.entries(wanted)) {
    if (found[name as keyof typeof found] !== count) {
      throw new Error(
        `the run is not whole: ${name} is ${String(found[name as keyof typeof found])}, not ${count}`,
      )
    }
  }
}

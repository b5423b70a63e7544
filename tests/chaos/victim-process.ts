/**
 * A Siar worker built by the product's own wiring, whose edges are watched, and which ends itself by SIGKILL where it is told to.
 * Loads first and waits: `go` starts it, so that loading costs a proof no time. `node victim-process.ts DEATHS`: the point where it
 * ends itself is appended to that file.
 */
import { appendFileSync } from 'node:fs'
import { loadConfig } from '../../apps/server/src/config.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { buildCore } from '../../apps/server/src/wiring/build-core.ts'
import { buildServices } from '../../apps/server/src/wiring/build-services.ts'
import { buildWorkers } from '../../apps/server/src/wiring/build-workers.ts'
import { buildChannels } from '../../apps/server/src/wiring/channels.ts'
import { connectSimulator } from '../../apps/server/src/wiring/simulator.ts'
import { Crossings, watchCore, watchSimulator } from './crossings.ts'
import type { KillPlan } from './crossings.ts'

export type ToVictim =
  | { readonly kind: 'go'; readonly environment: Record<string, string>; readonly plan: KillPlan | null }
  | { readonly kind: 'follow'; readonly plan: KillPlan | null }
  | { readonly kind: 'count' }

export type FromVictim =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'started' }
  | { readonly kind: 'counted'; readonly counts: Readonly<Record<string, number>> }
  | { readonly kind: 'following' }

const tell = (message: FromVictim): void => void process.send?.(message)

const [deathsFile = ''] = process.argv.slice(2)

const crossings = new Crossings((point) => {
  appendFileSync(deathsFile, `${point}\n`)
  process.kill(process.pid, 'SIGKILL')
})

async function go(environment: Record<string, string>): Promise<void> {
  const config = loadConfig(environment)
  const running = await buildCore(config, createLogger(config.logLevel))
  const core = watchCore(crossings, running.core)
  const workers = buildWorkers(
    { ...running, core },
    buildServices(core),
    'worker',
    buildChannels(core.config, watchSimulator(crossings, connectSimulator(core.config))),
  )
  await workers.start()
  tell({ kind: 'started' })
}

process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToVictim) => {
  switch (message.kind) {
    case 'go':
      crossings.follow(message.plan)
      return void go(message.environment)
    case 'follow':
      crossings.follow(message.plan)
      return tell({ kind: 'following' })
    case 'count':
      return tell({ kind: 'counted', counts: crossings.counts() })
    default:
      message satisfies never
  }
})
tell({ kind: 'loaded' })

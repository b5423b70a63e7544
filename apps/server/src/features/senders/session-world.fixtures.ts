import { createBus } from '@siar/database'
import type { Bus, Database } from '@siar/database'
import type { SenderId, WorkspaceId } from '@siar/domain'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { Simulator } from '@siar/simulator'
import { waitUntil } from '@siar/test-kit'
import { afterAll } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import type { LeaseTimes } from './lease-keeper.ts'
import type { ForwardedEvent } from './forwarded-event.ts'
import type { SenderRef, SessionManager } from './owned-sender.ts'
import { createSenderCredentials } from './sender-credentials.ts'
import { createSenderDesk } from './sender-desk.ts'
import { createSenderService } from './senders.service.ts'
import type { SenderService } from './senders.service.ts'
import { createSessionManager } from './session-manager.ts'
import type { SessionManagerOptions } from './session-manager.ts'

/** A process that can be frozen: its clock runs on and its timers no longer fire, as after SIGSTOP. */
export interface TestProcess {
  readonly manager: SessionManager
  readonly heard: { readonly sender: SenderRef; readonly events: readonly ForwardedEvent[] }[]
  readonly banned: string[]
  freeze(): void
  /** Runs the timers that came due meanwhile. */
  thaw(): void
}

export interface SessionWorld {
  readonly core: TestCore
  readonly simulator: Simulator
  readonly service: SenderService
  readonly workspaceId: WorkspaceId
  buildProcess(options?: Partial<SessionManagerOptions>): TestProcess
  /** A sender that was paired before and is wanted. */
  addSender(): Promise<SenderId>
  stopProcesses(): Promise<void>
  statusOf(senderId: string): Promise<string>
  untilStatus(senderId: string, status: string): Promise<void>
}

export const quickTimes: LeaseTimes = { leaseMs: 900, beatMs: 80, marginMs: 200 }

function freezableSchedule(): { schedule: typeof realSchedule; freeze: () => void; thaw: () => void } {
  let isFrozen = false
  let missed: (() => void)[] = []
  return {
    schedule: (run, delayMs) => {
      let isCancelled = false
      const guarded = (): void => {
        if (isCancelled) return
        if (isFrozen) missed.push(guarded)
        else run()
      }
      const cancel = realSchedule(guarded, delayMs)
      return () => {
        isCancelled = true
        cancel()
      }
    },
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
      for (const run of missed.splice(0)) run()
      missed = []
    },
  }
}

function buildTestProcess(
  core: TestCore,
  simulator: Simulator,
  processId: string,
  options: Partial<SessionManagerOptions>,
): TestProcess {
  const { schedule, freeze, thaw } = freezableSchedule()
  const heard: TestProcess['heard'] = []
  const banned: string[] = []
  const manager = createSessionManager({
    core,
    processId,
    role: 'all',
    channels: new Map([['simulator', simulator.channel]]),
    onEvents: async (sender, events) => void heard.push({ sender, events }),
    onSenderBanned: async (sender) => void banned.push(sender.senderId),
    scan: (senderId, data) => simulator.control.scan(senderId, data),
    monotonicMs: () => performance.now(),
    schedule,
    credentials: createSenderCredentials(core),
    egressOf: async () => ({ kind: 'direct' }),
    times: quickTimes,
    ...options,
  })
  return { manager, heard, banned, freeze, thaw }
}

/** One installation with a simulated network, on a real database and a real bus. */
export async function createSessionWorld(database: Database): Promise<SessionWorld> {
  const bus: Bus<SiarEvent> = await createBus<SiarEvent>(database)
  const core = createTestCore(database, { edges: { bus, now: () => new Date(), random: () => 0 } })
  const network = createSimulatedNetwork({
    seed: 'sessions',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 3_600 },
  })
  const simulator = createSimulator(network)
  const service = createSenderService(core, { checks: new Map(), desk: createSenderDesk(core) })
  const workspaceId = await buildWorkspace(core)
  const processes: TestProcess[] = []
  const stopProcesses = async (): Promise<void> => {
    for (const { manager, thaw } of processes.splice(0)) {
      thaw()
      await manager.stop()
    }
  }
  afterAll(async () => {
    await stopProcesses()
    await simulator.close()
    await bus.close()
  })
  const statusOf = async (senderId: string): Promise<string> => {
    const { rows } = await database.pool.query<{ status: string }>(
      'select status from senders where id = $1',
      [senderId],
    )
    return rows[0]?.status ?? 'none'
  }
  return {
    core,
    simulator,
    service,
    workspaceId,
    buildProcess: (options = {}) => {
      const built = buildTestProcess(core, simulator, core.newId('req'), options)
      processes.push(built)
      return built
    },
    addSender: async () => {
      const actor = buildActor(core)
      const { id } = await service.create(workspaceId, actor, {
        name: 'Toko',
        channel: 'simulator',
        numberSince: null,
      })
      await database.pool.query(
        `update senders set phone = '+6289500000001', paired_at = now(), status = 'reconnecting' where id = $1`,
        [id],
      )
      return id as SenderId
    },
    stopProcesses,
    statusOf,
    untilStatus: async (senderId, status) => {
      await waitUntil(async () => (await statusOf(senderId)) === status, { what: `status ${status}` })
    },
  }
}

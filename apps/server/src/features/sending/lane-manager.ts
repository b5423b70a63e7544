import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { OwnedSenders } from '../senders/index.ts'
import { Lane } from './lane.ts'
import type { LaneOptions } from './lane.ts'
import type { Moved } from './moves.repo.ts'
import { listWaitingSenders } from './take.repo.ts'
import { realPause } from './wait.ts'
import { WorkspaceLanes } from './workspace-lanes.ts'
import type { Settled } from './workspace-writer.ts'

interface Running {
  readonly lane: Lane
  readonly ended: Promise<void>
}

export interface LaneManagerOptions extends LaneOptions {
  readonly sendTimeoutMs: number
  /** How long the lanes of a workspace gather before they claim and write together. */
  readonly gatherMs: number
}

export interface LaneManagerHooks {
  /** Outcomes that are written; what refusals mean beyond their recipient is done here. */
  readonly onWritten: (settled: readonly Settled[], moved: readonly Moved[]) => void
}

const wakeAfterMs = 20
/** How long leaving lanes may finish what they handed out; the next owner settles the rest by the crash rules. */
const releaseMsMax = 5_000

/** Keeps one lane for each sender whose session lives in this process, and wakes lanes when there is work for them. */
export class LaneManager {
  readonly #core: Core
  readonly #owned: OwnedSenders
  readonly #options: LaneManagerOptions
  readonly #hooks: LaneManagerHooks
  readonly #lanes = new Map<string, Running>()
  /** Stopped lanes whose last outcomes are still being written. */
  readonly #leaving = new Set<Lane>()
  readonly #workspaces = new Map<WorkspaceId, WorkspaceLanes>()
  readonly #changedCampaigns = new Set<string>()
  #waking: Promise<void> | null = null
  #unsubscribe: (() => void)[] = []
  #isStopped = false

  constructor(core: Core, owned: OwnedSenders, options: LaneManagerOptions, hooks: LaneManagerHooks) {
    this.#core = core
    this.#owned = owned
    this.#options = options
    this.#hooks = hooks
  }

  start(): void {
    this.#unsubscribe = [
      this.#owned.onChange(({ kind, senderId }) => {
        if (kind === 'closed') this.#stopLane(senderId)
        else this.#alignLane(senderId)
      }),
      this.#owned.onRelease((senderIds) => this.#release(senderIds)),
      this.#core.bus.subscribe((event) => {
        if (event.kind === 'resync') this.wakeAll()
        else if (event.kind === 'campaign.changed' && event.id !== undefined) this.#wakeFor(event.id)
        else if (event.kind === 'workspace.changed') this.#refresh(event.workspaceId as WorkspaceId)
      }),
    ]
    for (const { senderId } of this.#owned.ownedSenders()) this.#alignLane(senderId)
  }

  /** The shared part of a workspace's lanes in this process. */
  workspace(workspaceId: WorkspaceId): WorkspaceLanes {
    let lanes = this.#workspaces.get(workspaceId)
    if (!lanes) {
      lanes = new WorkspaceLanes(this.#core, this.#owned, workspaceId, {
        onWritten: (settled, moved) => this.#onWritten(settled, moved),
        schedule: this.#options.schedule,
        gatherMs: this.#options.gatherMs,
      })
      this.#workspaces.set(workspaceId, lanes)
    }
    return lanes
  }

  findLane(senderId: string): Lane | null {
    return this.#lanes.get(senderId)?.lane ?? null
  }

  wakeAll(): void {
    for (const { lane } of this.#lanes.values()) lane.wake()
  }

  /** Ends all lanes and waits until what they handed out is written. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    await this.#release([...this.#lanes.keys()])
    for (const lanes of this.#workspaces.values()) lanes.close()
  }

  /** Rules changed, or the workspace was suspended or let go on. */
  #refresh(workspaceId: WorkspaceId): void {
    this.#workspaces.get(workspaceId)?.refresh()
    for (const { lane } of this.#lanes.values()) if (lane.workspaceId === workspaceId) lane.wake()
  }

  #alignLane(senderId: string): void {
    const running = this.#lanes.get(senderId)
    if (running) return running.lane.wake()
    const sender = this.#owned.findOwned(senderId)
    if (!sender || this.#isStopped) return
    const shared = this.workspace(sender.workspaceId)
    const lane = new Lane(this.#core, this.#owned, shared, senderId, this.#options)
    // The lane lives longer than whoever told of the sender: nothing of that caller's context may stay with it.
    const ended = new Promise<void>((resolve) => {
      setImmediate(() => void lane.run().finally(resolve))
    })
    this.#lanes.set(senderId, { lane, ended })
    void ended.then(() => this.#forget(senderId, lane))
  }

  /** A lane that ended because its sender was not owned for a moment comes back when it is. */
  #forget(senderId: string, lane: Lane): void {
    if (this.#lanes.get(senderId)?.lane !== lane) return
    this.#lanes.delete(senderId)
    if (lane.outstanding > 0) this.#leaving.add(lane)
    if (this.#owned.findOwned(senderId)) this.#alignLane(senderId)
  }

  #stopLane(senderId: string): void {
    const running = this.#lanes.get(senderId)
    if (!running) return
    this.#lanes.delete(senderId)
    running.lane.stop()
    if (running.lane.outstanding > 0) this.#leaving.add(running.lane)
  }

  async #release(senderIds: readonly string[]): Promise<void> {
    const leaving = senderIds.flatMap((senderId) => this.#lanes.get(senderId) ?? [])
    for (const senderId of senderIds) this.#stopLane(senderId)
    await Promise.all(leaving.map(({ ended }) => ended))
    const deadline = performance.now() + Math.min(releaseMsMax, this.#options.sendTimeoutMs)
    while (leaving.some(({ lane }) => lane.outstanding > 0) && performance.now() < deadline) {
      await Promise.all([...this.#workspaces.values()].map((lanes) => lanes.idle()))
      await realPause(wakeAfterMs)
    }
  }

  #onWritten(settled: readonly Settled[], moved: readonly Moved[]): void {
    const bySender = Map.groupBy(settled, ({ flight }) => flight.senderId)
    for (const [senderId, own] of bySender) {
      const lane =
        this.#lanes.get(senderId)?.lane ?? [...this.#leaving].find((left) => left.senderId === senderId)
      lane?.onWritten(own)
      if (lane && lane.outstanding <= 0) this.#leaving.delete(lane)
    }
    this.#hooks.onWritten(settled, moved)
  }

  /** Gathers changed campaigns for a moment, then wakes the lanes that have somebody queued for them. */
  #wakeFor(campaignId: string): void {
    this.#changedCampaigns.add(campaignId)
    if (this.#waking || this.#isStopped) return
    this.#waking = new Promise<void>((resolve) => {
      setTimeout(() => void this.#wakeWaiting().finally(resolve), wakeAfterMs).unref()
    }).finally(() => {
      this.#waking = null
      if (this.#changedCampaigns.size > 0) this.#wakeFor([...this.#changedCampaigns][0] as string)
    })
  }

  async #wakeWaiting(): Promise<void> {
    const campaignIds = [...this.#changedCampaigns]
    this.#changedCampaigns.clear()
    try {
      const senderIds = [...this.#lanes.keys()]
      if (senderIds.length === 0) return
      const waiting = await this.#core.inSystem((scope) => listWaitingSenders(scope, campaignIds, senderIds))
      for (const senderId of waiting) this.#lanes.get(senderId)?.lane.wake()
    } catch (error) {
      this.#core.logger.warn({ err: error }, 'lanes could not be told of a campaign; all are woken')
      this.wakeAll()
    }
  }
}

import type { WorkspaceScope } from '@siar/database'
import type { QuietHours, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { readTariff } from '../billing/index.ts'
import type { Tariff } from '../billing/index.ts'
import {
  createMessageRenderer,
  findApprovedTexts,
  findRuns,
  findWorkspaceFacts,
  nothingApproved,
} from '../campaigns/index.ts'
import type {
  ApprovedTexts,
  MessageLinks,
  MessageRenderer,
  RunFacts,
  WorkspaceFacts,
} from '../campaigns/index.ts'
import { createOptOutLinks } from '../consent/index.ts'
import type { OptOutLink } from '../consent/index.ts'
import { loadShorteners } from '../links/index.ts'

/** A run as a lane knows it: what never changes while it runs. */
export interface LaneRun extends Omit<RunFacts, 'status'> {
  /** Null when the text of the run is no template any more: nobody can be rendered. */
  readonly renderer: MessageRenderer | null
  /** The link of each person to stop, as this run gives it. */
  readonly optOut: OptOutLink
  /** The bytes of the run's media, read once. */
  readonly readMedia: () => Promise<Uint8Array>
  /** The run with the message of a variant in the place of its own; variants with the run's own message are absent. */
  readonly variants: ReadonlyMap<string, LaneRun>
}

/** The run as somebody of this variant gets it. */
export function runFor(run: LaneRun, variant: string | null): LaneRun {
  return (variant === null ? undefined : run.variants.get(variant)) ?? run
}

/** What lanes of one workspace share, kept in memory between turns. */
export interface WorkspaceContext {
  /** The rules of the workspace, at most some seconds old. */
  facts(scope?: WorkspaceScope): Promise<WorkspaceFacts>
  /** Runs by id, loaded where not known yet. */
  runs(scope: WorkspaceScope, runIds: readonly string[]): Promise<ReadonlyMap<string, LaneRun>>
  /** Prices and exchange rates, at most a minute old. */
  tariff(scope: WorkspaceScope): Promise<Tariff>
  /** Which texts of the runs of these rows are approved on the accounts of these senders. */
  approved(
    scope: WorkspaceScope,
    senderIds: readonly string[],
    rows: readonly { readonly run_id: string }[],
  ): Promise<ApprovedTexts>
  /** Whether any of these runs asks for a pace of its own; loads what is not known yet. */
  asksForPace(runIds: readonly string[]): Promise<boolean>
  /** Forgets the rules, because they changed. */
  refresh(): void
}

const factsMaxAgeMs = 5_000
const tariffMaxAgeMs = 60_000
/** Runs kept in memory; the ones used longest ago go first. */
const runsMax = 2_000

export function createWorkspaceContext(core: Core, workspaceId: WorkspaceId): WorkspaceContext {
  let facts: { readonly at: number; readonly value: WorkspaceFacts } | null = null
  let reading: Promise<WorkspaceFacts> | null = null
  let tariff: { readonly at: number; readonly value: Tariff } | null = null
  const runs = new Map<string, LaneRun>()
  const optOutLinks = createOptOutLinks(core)
  const load = async (scope: WorkspaceScope): Promise<WorkspaceFacts> => {
    const value = await findWorkspaceFacts(scope)
    facts = { at: core.now().getTime(), value }
    return value
  }
  const loadRuns = async (scope: WorkspaceScope, runIds: readonly string[]) => {
    const asked = new Map<string, LaneRun>()
    const absent: string[] = []
    for (const runId of runIds) {
      const run = runs.get(runId)
      if (!run) {
        absent.push(runId)
        continue
      }
      asked.set(runId, run)
      // The last in a map is what was put there last.
      runs.delete(runId)
      runs.set(runId, run)
    }
    if (absent.length > 0) {
      const found = await findRuns(scope, absent)
      const tracking = found.filter((run) => run.trackLinks).map((run) => run.id)
      const shorteners = await loadShorteners(core, scope, tracking)
      for (const run of found) {
        const links = { shorten: shorteners.get(run.id), optOut: optOutLinks.ofRun(run.id) }
        const laneRun = toLaneRun(core, run, links)
        runs.set(run.id, laneRun)
        asked.set(run.id, laneRun)
      }
      for (const runId of runs.keys()) {
        if (runs.size <= runsMax) break
        runs.delete(runId)
      }
    }
    return asked
  }
  return {
    facts: async (scope) => {
      if (facts && core.now().getTime() - facts.at < factsMaxAgeMs) return facts.value
      if (scope) return load(scope)
      // A thousand lanes that ask at once are answered together.
      reading ??= core.inWorkspace(workspaceId, load).finally(() => (reading = null))
      return reading
    },
    runs: loadRuns,
    tariff: async (scope) => {
      const nowMs = core.now().getTime()
      if (!tariff || nowMs - tariff.at >= tariffMaxAgeMs)
        tariff = { at: nowMs, value: await readTariff(scope) }
      return tariff.value
    },
    approved: async (scope, senderIds, rows) => {
      if (senderIds.length === 0 || rows.length === 0) return nothingApproved
      const asked = await loadRuns(scope, [...new Set(rows.map((row) => row.run_id))])
      const contents = [...asked.values()].flatMap((run) => [run, ...run.variants.values()])
      return findApprovedTexts(
        scope,
        senderIds,
        contents.map(({ content }) => content),
      )
    },
    asksForPace: async (runIds) => {
      const isKnown = runIds.every((runId) => runs.has(runId))
      if (!isKnown) await core.inWorkspace(workspaceId, (scope) => loadRuns(scope, runIds))
      return runIds.some((runId) => (runs.get(runId)?.pacing ?? null) !== null)
    },
    refresh: () => {
      facts = null
      reading = null
    },
  }
}

function toLaneRun(core: Core, run: RunFacts, links: MessageLinks): LaneRun {
  const variants = new Map<string, LaneRun>()
  for (const { key, content } of run.experiment?.variants ?? []) {
    if (content) variants.set(key, toLaneRun(core, { ...run, content, experiment: null }, links))
  }
  const compiled = createMessageRenderer(run.content, links)
  const { media } = run.content
  let bytes: Promise<Uint8Array> | null = null
  return {
    ...run,
    renderer: compiled.ok ? compiled.renderer : null,
    optOut: links.optOut,
    variants,
    readMedia: () => {
      bytes ??= core.files.read(media?.storageKey ?? '').catch((error: unknown) => {
        bytes = null
        throw error
      })
      return bytes
    },
  }
}

/** Quiet hours of the workspace in minutes; null when they are switched off. */
export function quietHoursOf({ settings }: WorkspaceFacts): QuietHours | null {
  const { enabled, from, to } = settings.quietHours
  return enabled ? { fromMinute: minuteOf(from), toMinute: minuteOf(to) } : null
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

import type { WorkspaceScope } from '@siar/database'
import { findHarm, harmSince } from '@siar/domain'
import type { HarmAlarm, HarmSpan, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { dayOf, findGuardedRun, findRunHarm, findWorkspaceFacts } from '../campaigns/index.ts'
import type { CampaignControlService, GuardedRun } from '../campaigns/index.ts'
import { findGuardedSender, findSenderHarm } from '../senders/index.ts'
import type { SenderHaltService } from '../senders/index.ts'
import type { TellHalts } from './halt-mails.ts'

type Alarm = HarmAlarm & { readonly span: HarmSpan }

/** What to look at: a sender, and the run whose message hurt, where it is known. */
export interface Suspicion {
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  readonly runId: string | null
}

/**
 * Halts a sender or a campaign when harm rises above what its senders normally show.
 *
 * Decides by counts in the database alone, so it goes on after a restart and works the same over several processes; of
 * two that see the same rise one halts. Call `look` after the transaction that counted the harm.
 */
export interface Guardian {
  /** Returns at once. Looks at once, and at one sender and run at most once a second: what comes meanwhile is one look. */
  look(suspicion: Suspicion): void
  /** Resolves when nothing is left to look at; what was to be looked at later is looked at now. */
  idle(): Promise<void>
}

export interface GuardianDependencies {
  readonly control: Pick<CampaignControlService, 'halt'>
  readonly halts: Pick<SenderHaltService, 'halt'>
  readonly tell: TellHalts
}

const historyDays = 28
const dayMs = 86_400_000

const gatherMs = 1_000
const keysMax = 10_000

export function createGuardian(core: Core, dependencies: GuardianDependencies): Guardian {
  const waiting = new Map<string, Suspicion>()
  const later = new Map<string, { readonly suspicion: Suspicion; readonly timer: NodeJS.Timeout }>()
  const lookedAtMs = new Map<string, number>()
  let running: Promise<void> | null = null
  const work = async (): Promise<void> => {
    for (let next = takeFirst(waiting); next; next = takeFirst(waiting)) {
      const { senderId } = next
      await lookAt(core, dependencies, next).catch((error: unknown) => {
        core.logger.error(
          { err: error, senderId },
          'the guardian could not look; the next harm makes it look again',
        )
      })
    }
    running = null
  }
  const now = (key: string, suspicion: Suspicion): void => {
    clearTimeout(later.get(key)?.timer)
    later.delete(key)
    if (lookedAtMs.size >= keysMax) lookedAtMs.clear()
    lookedAtMs.set(key, performance.now())
    waiting.set(key, suspicion)
    running ??= work()
  }
  return {
    look: (suspicion) => {
      const key = `${suspicion.senderId}/${suspicion.runId ?? ''}`
      const restMs = (lookedAtMs.get(key) ?? -Infinity) + gatherMs - performance.now()
      if (restMs <= 0) return now(key, suspicion)
      if (later.has(key)) return
      later.set(key, { suspicion, timer: setTimeout(() => now(key, suspicion), restMs).unref() })
    },
    idle: async () => {
      for (const [key, { suspicion }] of [...later]) now(key, suspicion)
      while (running) await running
    },
  }
}

function takeFirst(waiting: Map<string, Suspicion>): Suspicion | null {
  const [first] = waiting
  if (!first) return null
  waiting.delete(first[0])
  return first[1]
}

async function lookAt(
  core: Core,
  { control, halts, tell }: GuardianDependencies,
  { workspaceId, senderId, runId }: Suspicion,
): Promise<void> {
  const { sender, run } = await core.inWorkspace(workspaceId, async (scope) => {
    const { timeZone } = await findWorkspaceFacts(scope)
    const today = dayOf(timeZone, core.now())
    return {
      sender: await findSenderAlarm(scope, senderId, today),
      run: runId === null ? null : await findRunAlarm(scope, runId, timeZone),
    }
  })
  const campaign = run && (await control.halt(workspaceId, run.campaignId, 'guardian', { alarm: run.alarm }))
  const halt = sender && (await halts.halt(workspaceId, senderId, sender))
  if (campaign || halt) await tell(workspaceId, { sender: halt, campaigns: campaign ? [campaign] : [] })
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)

/** Two days, because people answer a message for about that long; fewer after a release. */
async function findSenderAlarm(
  scope: WorkspaceScope,
  senderId: string,
  today: string,
): Promise<Alarm | null> {
  const sender = await findGuardedSender(scope, senderId)
  if (!sender || sender.halt) return null
  const { countsFrom } = sender.memory
  const yesterday = dayBefore(today, 1)
  const isRecent = countsFrom !== null && countsFrom.day >= yesterday
  const from = isRecent ? countsFrom.day : yesterday
  const seen = await findSenderHarm(scope, [senderId], { from, to: today, withoutHalted: false })
  const counts = isRecent ? harmSince(seen, countsFrom.counts) : seen
  const history = await findSenderHarm(scope, [senderId], {
    from: dayBefore(from, historyDays),
    to: dayBefore(from, 1),
    withoutHalted: true,
  })
  const alarm = findHarm(counts, history)
  if (!alarm) return null
  const day = await findSenderHarm(scope, [senderId], { from: today, to: today, withoutHalted: false })
  const isToday = from === today || day[alarm.harm].messages === alarm.messages
  return { ...alarm, span: isToday ? 'today' : 'since_yesterday' }
}

/** Over all senders of a running marketing campaign, against what these senders showed before it began. */
async function findRunAlarm(
  scope: WorkspaceScope,
  runId: string,
  timeZone: string,
): Promise<{ campaignId: string; alarm: Alarm } | null> {
  const run = await findGuardedRun(scope, runId)
  if (run?.status !== 'running' || run.purpose !== 'marketing') return null
  const seen = await findRunHarm(scope, runId)
  const { countsFrom } = run.memory
  const alarm = findHarm(
    countsFrom ? harmSince(seen, countsFrom.counts) : seen,
    await historyOf(scope, run, timeZone),
  )
  return alarm && { campaignId: run.campaignId, alarm: { ...alarm, span: 'run' } }
}

function historyOf(scope: WorkspaceScope, run: GuardedRun, timeZone: string) {
  const startDay = dayOf(timeZone, run.startedAt)
  const days = { from: dayBefore(startDay, historyDays), to: dayBefore(startDay, 1), withoutHalted: true }
  return findSenderHarm(scope, run.senderIds, days)
}

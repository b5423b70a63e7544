import type { WorkspaceScope } from '@siar/database'
import { forecastHorizonMs, placeAtMs, quietUntilMs } from '@siar/domain'
import type { Forecast as RunEnds } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { Notice } from './forecast-notices.ts'
import { listLimitedPortfolios, readPortfolioUse } from './portfolio-use.repo.ts'
import { quietMinutes } from './run-forecast.ts'
import type { SenderFacts, WorkspaceFacts } from './start-facts.repo.ts'

export interface PortfolioHold {
  readonly peopleMax: number
  /** People who wait for a place. */
  readonly waiting: number
}

export interface HeldEnds {
  readonly ends: RunEnds
  readonly holds: readonly PortfolioHold[]
}

interface Plan {
  readonly workspace: Pick<WorkspaceFacts, 'settings' | 'timeZone'>
  readonly senders: readonly SenderFacts[]
  readonly bySender: ReadonlyMap<string, number>
  /** People of each sender whose window is open: they need no place. */
  readonly inWindow: ReadonlyMap<string, number>
  readonly startAtMs: number
  readonly now: Date
}

/**
 * Puts the ends of senders off as long as the limit of people of their business makes them wait, by the rule of the lane. People of other
 * campaigns who wait already go first, and all of them count as strangers to the business: the end may come sooner.
 */
export async function holdToPortfolios(
  scope: WorkspaceScope,
  ends: RunEnds,
  { workspace, senders, bySender, inWindow, startAtMs, now }: Plan,
): Promise<HeldEnds> {
  const limited = await listLimitedPortfolios(
    scope,
    senders.map(({ id }) => id),
    now,
  )
  const outside = (senderId: string): number =>
    Math.max(0, (bySender.get(senderId) ?? 0) - (inWindow.get(senderId) ?? 0))
  const ahead = new Map(senders.map(({ id, waiting }) => [id, waiting]))
  const heldUntil = new Map<string, number | null>()
  const holds: PortfolioHold[] = []
  for (const own of Map.groupBy(limited, ({ portfolioId }) => portfolioId).values()) {
    const [first] = own
    const asked = own.reduce((sum, { senderId }) => sum + outside(senderId), 0)
    const before = own.reduce((sum, { senderId }) => sum + (ahead.get(senderId) ?? 0), 0)
    if (!first || asked === 0) continue
    const use = await readPortfolioUse(scope, first, now, startAtMs)
    const waiting = Math.min(asked, before + asked - Math.max(0, first.peopleMax - use.people))
    if (waiting <= 0) continue
    holds.push({ peopleMax: first.peopleMax, waiting })
    const untilMs = endOf(placeAtMs(use, startAtMs, before + asked - 1), workspace, startAtMs)
    for (const { senderId } of own) if (outside(senderId) > 0) heldUntil.set(senderId, untilMs)
  }
  return { ends: putOff(ends, heldUntil), holds }
}

/** A place that comes free at night is used in the morning. */
function endOf(atMs: number, workspace: Plan['workspace'], startAtMs: number): number | null {
  if (atMs - startAtMs > forecastHorizonMs) return null
  const quiet = quietMinutes(workspace)
  return (quiet && quietUntilMs(quiet, workspace.timeZone, atMs)) ?? atMs
}

function putOff(ends: RunEnds, heldUntil: ReadonlyMap<string, number | null>): RunEnds {
  if (heldUntil.size === 0) return ends
  const later = (senderId: string, atMs: number | null): number | null => {
    const untilMs = heldUntil.get(senderId)
    if (untilMs === undefined || atMs === null) return atMs
    return untilMs === null ? null : Math.max(atMs, untilMs)
  }
  const bySender = ends.bySender.map((one) => ({
    ...one,
    finishesAtMs: later(one.senderId, one.finishesAtMs),
  }))
  const all = bySender.map(({ finishesAtMs }) => finishesAtMs)
  const isOpen = ends.finishesAtMs === null || all.includes(null)
  return {
    ...ends,
    bySender,
    finishesAtMs: isOpen ? null : Math.max(ends.finishesAtMs, ...all.map((atMs) => atMs ?? 0)),
  }
}

/** Says that people wait because of Meta's limit, and how many. */
export function portfolioWarnings(holds: readonly PortfolioHold[], language: Language): Notice[] {
  return holds.map(({ peopleMax, waiting }) => {
    const numbers = new Intl.NumberFormat(language)
    const [max, many] = [numbers.format(peopleMax), numbers.format(waiting)]
    const texts = {
      id: `Meta mengizinkan bisnis ini menulis lebih dulu ke ${max} orang per 24 jam; ${many} orang menunggu sampai ada tempat lagi.`,
      en: `Meta lets this business write first to ${max} people in 24 hours; ${many} people wait until there is a place again.`,
    }
    return { code: 'portfolio_limit', message: texts[language] }
  })
}

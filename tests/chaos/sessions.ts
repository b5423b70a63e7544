import type { SessionLine } from './network.ts'

/** A time in which a process could not act: killed (for ever), or frozen. Instants in ms since 1970. */
export interface Absence {
  readonly door: number
  readonly fromMs: number
  readonly toMs: number
}

interface Current {
  readonly door: number
  readonly session: number
}

function isAbsent(absences: readonly Absence[], door: number, atMs: number): boolean {
  return absences.some((absence) => absence.door === door && absence.fromMs <= atMs && atMs <= absence.toMs)
}

/**
 * Times one sender lived in two processes at once, as the network saw it: a process sent through a session that another
 * one had replaced, or replaced a session whose process was there and had not closed it.
 */
export function findLiveTwice(lines: readonly SessionLine[], absences: readonly Absence[]): SessionLine[] {
  const current = new Map<string, Current>()
  return lines.filter((line) => {
    const { senderId, door, session, what, atMs } = line
    const open = current.get(senderId)
    if (what === 'send') return line.isReplaced
    if (what === 'close') {
      if (open?.session === session) current.delete(senderId)
      return false
    }
    current.set(senderId, { door, session })
    return open !== undefined && open.door !== door && !isAbsent(absences, open.door, atMs)
  })
}

/** Senders whose newest session came through this door and is open. */
export function sendersOf(lines: readonly SessionLine[], door: number): string[] {
  const current = new Map<string, Current>()
  for (const { senderId, door: own, session, what } of lines) {
    if (what === 'open') current.set(senderId, { door: own, session })
    if (what === 'close' && current.get(senderId)?.session === session) current.delete(senderId)
  }
  return [...current].filter(([, open]) => open.door === door).map(([senderId]) => senderId)
}

/** How long after `sinceMs` the last of these senders was opened through another door; null while one is missing. */
export function takeoverMsOf(
  lines: readonly SessionLine[],
  senderIds: readonly string[],
  door: number,
  sinceMs: number,
): number | null {
  const openedAtMs = new Map<string, number>()
  for (const { senderId, door: own, what, atMs } of lines) {
    if (what !== 'open' || own === door || atMs < sinceMs || openedAtMs.has(senderId)) continue
    openedAtMs.set(senderId, atMs)
  }
  const instants = senderIds.map((senderId) => openedAtMs.get(senderId))
  if (instants.some((atMs) => atMs === undefined)) return null
  return Math.max(0, ...instants.map((atMs) => (atMs ?? sinceMs) - sinceMs))
}

import type { Receipt, SendOutcome } from '@siar/channel'
import { wireIdOf } from '../wire/message-id.ts'
import type { SentMessages } from './sending.ts'

const openMax = 300
const knownMax = 5_000

/** `SentMessages` with what is still open, to be asked for after a connection was lost. */
export interface SentMemory extends SentMessages {
  settle(receipt: Receipt): void
  /** Messages whose last word has not come, oldest first. */
  open(): readonly { readonly to: string; readonly id: string }[]
}

function forgetOldest(
  map: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
  max: number,
): void {
  const oldest = map.keys().next()
  if (map.size > max && oldest.done !== true) map.delete(oldest.value)
}

export function createSentMemory(): SentMemory {
  const open = new Map<string, { readonly to: string; refusals: number }>()
  const known = new Set<string>()
  let unexplained = 0
  return {
    begin: (messageId, to) => {
      const before = open.get(messageId)
      open.set(messageId, before ?? { to, refusals: 0 })
      forgetOldest(open, openMax)
    },
    refusals: (messageId) => {
      const entry = open.get(messageId)
      return entry ? (entry.refusals += 1) : 1
    },
    isKnown: (wid) => known.has(wid),
    know: (wid) => {
      known.add(wid)
      forgetOldest(known, knownMax)
    },
    countUnexplained: (outcome: SendOutcome) => {
      if (outcome.kind === 'accepted') unexplained = 0
      if (outcome.kind === 'refused' && outcome.reason === 'other') unexplained += 1
      else if (outcome.kind !== 'accepted') return 0
      return unexplained
    },
    settle: ({ kind, messageId }) => {
      if (messageId !== null && (kind === 'read' || kind === 'refused')) open.delete(messageId)
    },
    open: () => [...open].map(([messageId, { to }]) => ({ to, id: wireIdOf(messageId) })),
  }
}

import type { EventType } from '@siar/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { invalidateOperations } from './query.ts'

export type LiveEvent = { type: string; id?: string }
export type LiveState = 'idle' | 'live' | 'reconnecting'

let state: LiveState = 'idle'
const stateListeners = new Set<() => void>()
const eventListeners = new Set<(event: LiveEvent) => void>()

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const listener of stateListeners) listener()
}

/** Whether the page hears of changes as they happen; `reconnecting` is shown to people by LiveIndicator. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    () => state,
  )
}

/** Calls `onEvent` for every event of the workspace whose type starts with `prefix`; for screens that need more than a refetch. */
export function useLiveEvent(prefix: string, onEvent: (event: LiveEvent) => void): void {
  const [holder] = useState(() => ({ onEvent }))
  useEffect(() => {
    holder.onEvent = onEvent
  })
  useEffect(() => {
    const listener = (event: LiveEvent) => {
      if (event.type.startsWith(prefix)) holder.onEvent(event)
    }
    eventListeners.add(listener)
    return () => {
      eventListeners.delete(listener)
    }
  }, [prefix, holder])
}

/** Which answers each event makes out of date, as operation ids or prefixes of them. */
const touched: Readonly<Record<EventType, readonly string[]>> = {
  'campaign.changed': ['campaigns.', 'analytics.'],
  'campaign.progress': ['campaigns.', 'analytics.'],
  'contacts.changed': [
    'contacts.',
    'segments.',
    'lists.',
    'tags.',
    'consents.',
    'suppressions.',
    'analytics.',
  ],
  'egress.changed': ['proxies.', 'egress.'],
  'import.progress': ['imports.'],
  'sender.changed': ['senders.', 'analytics.', 'egress.'],
  'sender.pairing': ['senders.'],
  'template.changed': ['templates.'],
  'message.incoming': ['inbox.', 'contacts.timeline', 'analytics.'],
  'workspace.changed': ['workspaces.', 'members.', 'invitations.', 'identity.getMe'],
}

function touchedBy(type: string): readonly string[] {
  return new Map<string, readonly string[]>(Object.entries(touched)).get(type) ?? []
}

/**
 * Holds one event stream of the workspace open and refreshes what it names: `campaign.progress` makes every
 * answer whose operation id starts with `campaigns.` or `analytics.` out of date, at most once per 400 ms.
 *
 * After a broken line it connects again (1 s, doubling to 30 s) and then refreshes everything, since events were missed.
 */
export function useLiveUpdates(workspaceId: string | null): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!workspaceId) return
    const pending = new Set<string>()
    let flushTimer: ReturnType<typeof setTimeout> | null = null
    const flush = () => {
      flushTimer = null
      const prefixes = [...pending]
      pending.clear()
      void invalidateOperations(client, prefixes)
    }
    const close = openStream(`/api/v1/events?workspace=${encodeURIComponent(workspaceId)}`, {
      onEvent: (event) => {
        for (const listener of eventListeners) listener(event)
        for (const prefix of touchedBy(event.type)) pending.add(prefix)
        if (pending.size === 0) return
        flushTimer ??= setTimeout(flush, 400)
      },
      onBack: () => void client.invalidateQueries(),
    })
    return () => {
      close()
      if (flushTimer) clearTimeout(flushTimer)
    }
  }, [workspaceId, client])
}

type StreamHandlers = { onEvent: (event: LiveEvent) => void; onBack: () => void }

function openStream(url: string, { onEvent, onBack }: StreamHandlers): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let delayMs = 1000
  let wasLost = false
  const connect = () => {
    source = new EventSource(url, { withCredentials: true })
    source.onopen = () => {
      delayMs = 1000
      setState('live')
      if (wasLost) onBack()
      wasLost = false
    }
    const hear = (message: MessageEvent<string>) => {
      const event = parseEvent(message.data)
      if (event) onEvent(event)
    }
    source.onmessage = hear
    for (const type of Object.keys(touched)) source.addEventListener(type, hear)
    source.onerror = () => {
      wasLost = true
      setState('reconnecting')
      source?.close()
      timer = setTimeout(connect, delayMs)
      delayMs = Math.min(delayMs * 2, 30_000)
    }
  }
  connect()
  return () => {
    source?.close()
    if (timer) clearTimeout(timer)
    setState('idle')
  }
}

/** Reads one event; anything else on the line (comments, heartbeats) is null. */
export function parseEvent(data: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(data)
    if (value === null || typeof value !== 'object' || !('type' in value)) return null
    const { type } = value
    if (typeof type !== 'string') return null
    return 'id' in value && typeof value.id === 'string' ? { type, id: value.id } : { type }
  } catch {
    return null
  }
}

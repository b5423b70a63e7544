import { useSyncExternalStore } from 'react'

const storageKey = 'siar.workspace'
const listeners = new Set<() => void>()
let chosen: string | null = globalThis.localStorage?.getItem(storageKey) ?? null

/** The workspace this tab works in, or null before one is known. Sent with every call. */
export function currentWorkspaceId(): string | null {
  return chosen
}

/** Makes `workspaceId` the current one for this tab, and for the next visit. */
export function chooseWorkspace(workspaceId: string | null): void {
  if (workspaceId === chosen) return
  chosen = workspaceId
  if (workspaceId) globalThis.localStorage?.setItem(storageKey, workspaceId)
  else globalThis.localStorage?.removeItem(storageKey)
  for (const listener of listeners) listener()
}

export function useCurrentWorkspaceId(): string | null {
  return useSyncExternalStore(subscribe, currentWorkspaceId)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

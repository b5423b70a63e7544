import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'light' | 'dark' | 'system'

const storageKey = 'siar.theme'
const listeners = new Set<() => void>()
const prefersDark = globalThis.matchMedia?.('(prefers-color-scheme: dark)')

let choice = readChoice()

function readChoice(): ThemeChoice {
  const stored = globalThis.localStorage?.getItem(storageKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function shown(): 'light' | 'dark' {
  if (choice !== 'system') return choice
  return prefersDark?.matches ? 'dark' : 'light'
}

function apply(): void {
  document.documentElement.dataset.theme = shown()
  for (const listener of listeners) listener()
}

/** Follows the system's theme while the choice is `system`; call once at start. */
export function startTheme(): void {
  prefersDark?.addEventListener('change', apply)
  apply()
}

/** Remembers the choice on this device and applies it at once. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next
  globalThis.localStorage?.setItem(storageKey, next)
  apply()
}

/** The choice, and the theme that is showing because of it. */
export function useTheme(): { choice: ThemeChoice; shown: 'light' | 'dark' } {
  const current = useSyncExternalStore(subscribe, () => `${choice}:${shown()}`)
  const [chosen, showing] = current.split(':')
  return { choice: chosen as ThemeChoice, shown: showing === 'dark' ? 'dark' : 'light' }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

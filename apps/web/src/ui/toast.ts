import type { ExternalToast } from 'sonner'

export type ToastOptions = Pick<ExternalToast, 'description' | 'duration' | 'id' | 'action'>
type Kind = 'success' | 'error' | 'info' | 'warning'

let wanted = false
let whenMounted: () => void = () => undefined
const mounted = new Promise<void>((resolve) => {
  whenMounted = resolve
})
const listeners = new Set<() => void>()

/** For ToastRegion: whether any toast was asked for yet. */
export const toastDemand = {
  isWanted: (): boolean => wanted,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  markMounted: (): void => whenMounted(),
}

async function show(kind: Kind, title: string, options: ToastOptions | undefined): Promise<void> {
  wanted = true
  for (const listener of listeners) listener()
  const [{ toast: sonner }] = await Promise.all([import('sonner'), mounted])
  sonner[kind](title, options)
}

const of =
  (kind: Kind) =>
  (title: string, options?: ToastOptions): void =>
    void show(kind, title, options)

/**
 * Passing news at the edge of the screen, such as "Contact saved"; for undo give
 * `{ action: { label, onClick } }`. Lasting news is a Notice. The code of toasts arrives with the first one.
 */
export const toast = { success: of('success'), error: of('error'), info: of('info'), warning: of('warning') }

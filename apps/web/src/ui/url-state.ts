import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * Filters, tabs, sort and pages of a screen, kept in the URL's search so a link or a reload shows the same thing.
 *
 * @param defaults Every name with its default; a value equal to its default is not written.
 * @returns The current values and a setter that merges; changing anything but `cursor` should reset `cursor` by the caller.
 */
export function useUrlState<T extends Record<string, string>>(defaults: T): [T, (patch: Partial<T>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const fixed = useRef(defaults)
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, fallback]) => [name, textOf(search[name]) ?? fallback]),
  ) as T
  const set = useCallback(
    (patch: Partial<T>) => {
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: (before: Record<string, unknown>) => merge(before, patch, fixed.current),
      })
    },
    [navigate],
  )
  return [values, set]
}

/** The router reads numbers and booleans out of the URL; a screen's state is text. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function merge(before: Record<string, unknown>, patch: object, defaults: Record<string, string>) {
  const after = { ...before }
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || value === defaults[name]) delete after[name]
    else after[name] = value
  }
  return after
}

/** A text box bound to a URL value: what is typed shows at once, the URL follows 250 ms after the last key. */
export function useTypedText(
  value: string,
  commit: (value: string) => void,
): [string, (value: string) => void] {
  const [text, setText] = useState(value)
  const latest = useRef({ commit, value })
  useEffect(() => {
    latest.current = { commit, value }
  })
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === latest.current.value) return
    const timer = setTimeout(() => latest.current.commit(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}

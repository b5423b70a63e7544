import { useEffect, useState } from 'react'
import { useFormat } from '#i18n/format.ts'
import type { InstantLike } from '#i18n/format.ts'

/** "5 minutes ago", kept current; the exact instant is in its title. */
export function RelativeTime({ at }: { at: InstantLike }) {
  const format = useFormat()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const ageMs = Math.abs(Date.now() - new Date(at).getTime())
    const timer = setInterval(() => setNowMs(Date.now()), ageMs < 3_600_000 ? 20_000 : 600_000)
    return () => clearInterval(timer)
  }, [at])
  return (
    <time dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {format.relative(at, nowMs)}
    </time>
  )
}

export type DateTimeProps = { at: InstantLike; show?: 'date' | 'time' | 'both' }

/** An instant in the person's own zone and language. */
export function DateTime({ at, show = 'both' }: DateTimeProps) {
  const format = useFormat()
  const text = show === 'date' ? format.date(at) : show === 'time' ? format.time(at) : format.dateTime(at)
  return (
    <time dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {text}
    </time>
  )
}

/** A figure with the language's own separators; `compact` writes 12,4 rb and keeps the exact one in its title. */
export function Figure({ value, compact }: { value: number; compact?: boolean }) {
  const format = useFormat()
  return (
    <span data-numeric title={compact ? format.number(value) : undefined}>
      {compact ? format.compact(value) : format.number(value)}
    </span>
  )
}

/** An amount: minor units and currency (299000 IDR is Rp 299.000). */
export function Money({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  const format = useFormat()
  return <span data-numeric>{format.money(amountMinor, currency)}</span>
}

import { useEffect, useState } from 'react'

/** Whole seconds until an instant, counted down each second; null without one. Never below 0. */
export function useSecondsLeft(at: string | null): number | null {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (at === null) return
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [at])
  if (at === null) return null
  return Math.max(0, Math.ceil((new Date(at).getTime() - nowMs) / 1000))
}

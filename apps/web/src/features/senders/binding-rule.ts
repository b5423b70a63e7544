import type { Sender } from '@siar/contract'

/** The cap that stops a sender first, and how many messages it leaves. */
export type Binding = { rule: 'hourly' | 'daily' | 'warm_up'; left: number }

/**
 * Finds the cap that binds now; null when nothing caps the sender.
 *
 * The hour binds only where it leaves less than the day: of two that leave the same the day lasts longer. Within the day it is
 * the warm-up while its allowance is below the daily cap.
 */
export function bindingRule({ health, settings }: Pick<Sender, 'health' | 'settings'>): Binding | null {
  const hourLeft = leftOf(health.hour)
  const dayLeft = leftOf(health.today)
  if (hourLeft !== null && (dayLeft === null || hourLeft < dayLeft)) return { rule: 'hourly', left: hourLeft }
  if (dayLeft === null) return null
  const { active, cap } = health.warmUp
  const warmsUp = active && cap !== null && cap < settings.dailyCap
  return { rule: warmsUp ? 'warm_up' : 'daily', left: dayLeft }
}

function leftOf({ used, allowed }: { used: number; allowed: number | null }): number | null {
  return allowed === null ? null : Math.max(0, allowed - used)
}

import type { Forecast } from '@siar/contract'

/** How many people an experiment shares out, by the last forecast; null while there is none. */
export function peopleIn(forecast: Forecast | undefined): number | null {
  if (!forecast) return null
  const { groups, recipients } = forecast
  return groups.length > 0 ? groups.reduce((sum, { people }) => sum + people, 0) : recipients
}

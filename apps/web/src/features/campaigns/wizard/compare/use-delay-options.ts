import type { Schedule } from '@siar/contract'
import { parseLocalTime } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import type { Option } from '#ui/select.tsx'
import { clockText } from '../start/zones.ts'

const usualMinutes = [0, 60, 120, 180, 240, 360, 480, 720, 1440]
const minuteMs = 60_000

/** How much later than the start a message may leave, with the time of the day where the schedule has one. */
export function useDelayOptions(schedule: Schedule, chosenMinutes: number): Option[] {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const startLocalMs = schedule.kind === 'now' ? null : parseLocalTime(schedule.at)
  const clock = (minutes: number) =>
    startLocalMs === null
      ? ''
      : clockText(new Date(startLocalMs + minutes * minuteMs).toISOString().slice(0, 16), format.locale)
  const name = (minutes: number) => {
    if (minutes === 0) return t('compare.atStart')
    const isWhole = minutes % 60 === 0
    return t(isWhole ? 'compare.hoursLater' : 'compare.minutesLater', {
      count: isWhole ? minutes / 60 : minutes,
    })
  }
  const label = (minutes: number) =>
    startLocalMs === null
      ? name(minutes)
      : t('compare.atClock', { name: name(minutes), time: clock(minutes) })
  const all = [...new Set([...usualMinutes, chosenMinutes])].sort((a, b) => a - b)
  return all.map((minutes) => ({ value: String(minutes), label: label(minutes) }))
}

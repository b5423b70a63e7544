import type { Campaign, Forecast } from '@siar/contract'
import { hasWaitingGroup } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { useScheduleText } from '../../schedule-text.ts'
import { recurrenceOf } from '../recurrence/recurrence-of.ts'
import { patternText } from '../recurrence/sentence.ts'

export type LaunchTexts = { action: string; title: string; text: string }

/** Longer plans do not fit on a button; the dialog's title says them in full. */
const shownOnButtonMax = 34

/** What the button and its dialog say will happen: to how many people, when, and how often. */
export function useLaunchTexts(campaign: Campaign, forecast: Forecast | undefined): LaunchTexts {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const when = useScheduleText()(campaign.schedule)
  const often = useHowOften(campaign)
  const { kind } = campaign.schedule
  const count = forecast?.recipients ?? 0
  const end = forecast?.endAt ? format.dateTime(forecast.endAt) : t('launch.noEnd')
  const plan = { name: campaign.name, count, time: when, end, often: lowerFirst(often ?? when) }
  const isLong = often === null || often.length > shownOnButtonMax
  const { experiment } = campaign
  const waiting =
    experiment && hasWaitingGroup(experiment) ? ` ${t(`launch.waits.${experiment.decide}`)}` : ''
  return {
    action: kind === 'recurring' && isLong ? t('launch.action.repeating') : t(`launch.action.${kind}`, plan),
    title: t(`launch.title.${kind}`, { ...plan, plan: lowerFirst(when) }),
    text: t(`launch.text.${kind}`, plan) + waiting,
  }
}

function useHowOften({ schedule }: Campaign): string | null {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const recurrence = schedule.kind === 'recurring' ? recurrenceOf(schedule.rule, schedule) : null
  return recurrence && patternText(recurrence, { t, format })
}

/** A sentence in the middle of another. */
function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase() + text.slice(1)
}

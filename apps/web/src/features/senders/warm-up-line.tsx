import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { defaultWarmUpRamp, warmUpAllowance, warmUpStage } from '@siar/domain'
import { useFormat } from '#i18n/format.ts'
import { cn } from '#ui/cn.ts'

/** Where the number stands in its warm-up, as steps with the words; says so when it is done or off. */
export function WarmUpLine({ warmUp }: { warmUp: Sender['health']['warmUp'] }) {
  const { t } = useTranslation('senders')
  const format = useFormat()
  if (!warmUp.active) return <p className="text-xs text-subtle">{t('warmUp.off')}</p>
  const place = warmUpStage(warmUp.day)
  const stage = place?.stage ?? defaultWarmUpRamp.steps.length
  const nextWords = (day: number) => {
    const perDay = warmUpAllowance(day)
    return perDay === null
      ? t('warmUp.lastStep', { day })
      : t('warmUp.nextStep', { day, cap: format.number(perDay) })
  }
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-3 text-xs">
        <span className="text-muted">{t('warmUp.label')}</span>
        <span className="font-medium">
          {t('warmUp.stage', { stage, stages: defaultWarmUpRamp.steps.length })}
        </span>
      </div>
      <div className="flex gap-1" aria-hidden>
        {defaultWarmUpRamp.steps.map((step, index) => (
          <span
            key={step.fromDay}
            className={cn('h-1.5 flex-1 rounded-full', index < stage ? 'bg-accent' : 'bg-line')}
          />
        ))}
      </div>
      <p className="mt-1.5 text-xs text-subtle">
        {warmUp.cap === null
          ? t('warmUp.day', { day: warmUp.day })
          : t('warmUp.text', { day: warmUp.day, cap: format.number(warmUp.cap) })}{' '}
        {place && nextWords(place.nextDay)}
      </p>
    </div>
  )
}

import type { Forecast } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import type { StepId } from '../draft.ts'
import { stepOfCode } from './step-of-code.ts'

export type ForecastNoticesProps = { forecast: Forecast; onGo: (step: StepId) => void }

/** What stands in the way of sending, and what deserves a second look, each with the step that puts it right. */
export function ForecastNotices({ forecast, onGo }: ForecastNoticesProps) {
  const { t } = useTranslation('wizard')
  const notices = [
    ...forecast.blockers.map((issue) => ({ ...issue, tone: 'danger' as const })),
    ...forecast.warnings.map((issue) => ({ ...issue, tone: 'warn' as const })),
  ]
  if (notices.length === 0) return <Notice tone="success">{t('review.allGood')}</Notice>
  return (
    <div className="flex flex-col gap-2">
      {notices.map(({ code, message, tone }) => {
        const step = stepOfCode(code)
        return (
          <Notice
            key={`${tone}-${code}-${message}`}
            tone={tone}
            title={message}
            action={
              step && (
                <Button size="sm" onClick={() => onGo(step)}>
                  {t(`review.fix.${step}`)}
                </Button>
              )
            }
          />
        )
      })}
    </div>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign, Forecast } from '@siar/contract'
import { CalendarClock, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import { useScheduleText } from '../../schedule-text.ts'

export type LaunchButtonProps = { campaign: Campaign; forecast: Forecast | undefined }

/** Sends, or puts on the schedule, after a dialog that names how many people and when. Closed while something blocks. */
export function LaunchButton({ campaign, forecast }: LaunchButtonProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const navigate = useNavigate()
  const schedule = useScheduleText()
  const [key, setKey] = useState<string | null>(null)
  const kind = campaign.schedule.kind
  const start = useAction(campaignOperations.start, {
    invalidates: ['campaigns.', 'analytics.'],
    onSuccess: ({ id }) => {
      toast.success(t(`launch.done.${kind}`))
      void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } })
    },
  })
  const count = forecast?.recipients ?? 0
  const blocked = !forecast || forecast.blockers.length > 0 || count === 0
  const when = schedule(campaign.schedule)
  const action = t(`launch.action.${kind}`, { count, sentence: when })
  return (
    <>
      <Button
        tone="primary"
        size="lg"
        className="max-sm:w-full"
        icon={kind === 'now' ? <Send aria-hidden /> : <CalendarClock aria-hidden />}
        disabled={blocked}
        onClick={() => setKey(newIdempotencyKey())}
      >
        {forecast ? action : t('launch.waiting')}
      </Button>
      {key && forecast && (
        <ConfirmDialog
          open
          onOpenChange={() => setKey(null)}
          title={t(`launch.title.${kind}`, { name: campaign.name })}
          text={t(`launch.text.${kind}`, {
            count,
            time: when,
            end: forecast.endAt ? format.dateTime(forecast.endAt) : t('launch.noEnd'),
          })}
          action={action}
          busy={start.isPending}
          onConfirm={() => start.mutate({ params: { campaignId: campaign.id }, idempotencyKey: key })}
        />
      )}
    </>
  )
}

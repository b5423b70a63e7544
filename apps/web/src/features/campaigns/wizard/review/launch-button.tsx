import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign, Forecast } from '@siar/contract'
import { CalendarClock, CalendarSync, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import { useLaunchTexts } from './use-launch-texts.ts'

export type LaunchButtonProps = {
  campaign: Campaign
  forecast: Forecast | undefined
  /** The forecast could not be made: nothing is sent that was not looked at first. */
  hasFailed: boolean
}

const icons = {
  now: <Send aria-hidden />,
  at: <CalendarClock aria-hidden />,
  recipient_local: <CalendarClock aria-hidden />,
  recurring: <CalendarSync aria-hidden />,
}

/** Sends, or puts on the schedule, after a dialog that names how many people and when. Closed while something blocks. */
export function LaunchButton({ campaign, forecast, hasFailed }: LaunchButtonProps) {
  const { t } = useTranslation('wizard')
  const navigate = useNavigate()
  const [key, setKey] = useState<string | null>(null)
  const texts = useLaunchTexts(campaign, forecast)
  const { kind } = campaign.schedule
  const start = useAction(campaignOperations.start, {
    invalidates: ['campaigns.', 'analytics.'],
    onSuccess: ({ id }) => {
      toast.success(t(`launch.done.${kind}`))
      void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } })
    },
  })
  const isEmpty = forecast?.recipients === 0 && kind !== 'recurring'
  const isBlocked = !forecast || forecast.blockers.length > 0 || isEmpty
  return (
    <>
      <Button
        tone="primary"
        size="lg"
        className="max-sm:w-full"
        icon={icons[kind]}
        disabled={isBlocked}
        onClick={() => setKey(newIdempotencyKey())}
      >
        {forecast ? texts.action : t(hasFailed ? 'launch.unchecked' : 'launch.waiting')}
      </Button>
      {key && forecast && (
        <ConfirmDialog
          open
          onOpenChange={() => setKey(null)}
          title={texts.title}
          text={texts.text}
          action={texts.action}
          busy={start.isPending}
          onConfirm={() => start.mutate({ params: { campaignId: campaign.id }, idempotencyKey: key })}
        />
      )}
    </>
  )
}

import { experimentOperations } from '@siar/contract'
import type { Campaign, ExperimentReport, variantKeys } from '@siar/contract'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

export type ChooseWinnerProps = { campaign: Campaign; experiment: ExperimentReport; variant: string }

/** Sends one variant to everybody who waits, after saying to how many and how sure it is. */
export function ChooseWinner({ campaign, experiment, variant }: ChooseWinnerProps) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const choose = useAction(experimentOperations.chooseWinner, {
    invalidates: ['campaigns.', 'report.', 'analytics.'],
    onSuccess: () => {
      setAsking(false)
      toast.success(t('choose.done', { key: variant }))
    },
  })
  const isSure = experiment.leader === variant
  const words = { key: variant, count: experiment.waiting }
  return (
    <>
      <Button
        size="sm"
        tone={isSure ? 'primary' : 'secondary'}
        icon={<Send aria-hidden />}
        className="w-full whitespace-normal!"
        onClick={() => setAsking(true)}
      >
        {t('choose.button', words)}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('choose.title', { key: variant, people: format.number(experiment.waiting) })}
        text={t(isSure ? 'choose.sure' : 'choose.unsure', { key: variant })}
        action={t('choose.action', words)}
        busy={choose.isPending}
        onConfirm={() =>
          choose.mutate({
            params: { campaignId: campaign.id },
            body: { variant: variant as (typeof variantKeys)[number] },
          })
        }
      />
    </>
  )
}

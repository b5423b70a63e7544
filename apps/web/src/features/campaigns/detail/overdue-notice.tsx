import { errorTable, isErrorCode } from '@siar/domain'
import type { Campaign } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { DateTime } from '#ui/time.tsx'
import { CampaignConfirm } from './campaign-confirm.tsx'
import { SkipOccurrence } from './skip-occurrence.tsx'
import { StartOverdue } from './start-overdue.tsx'

/** Asks what becomes of a start that was missed: send now, skip this one of a series, or cancel. */
export function OverdueNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const can = useCan()
  const repeats = campaign.schedule.kind === 'recurring'
  const [asking, setAsking] = useState(false)
  return (
    <Notice
      tone="warn"
      title={t('campaigns:notice.overdue.title')}
      action={
        can('campaigns.write') && (
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => setAsking(true)}>
              {t('campaigns:actions.cancel')}
            </Button>
            {repeats && campaign.startAt && (
              <SkipOccurrence campaignId={campaign.id} occurrenceAt={campaign.startAt} />
            )}
            <StartOverdue campaign={campaign} />
          </span>
        )
      }
    >
      <p>{t(repeats ? 'campaign-results:overdue.text' : 'campaigns:notice.overdue.text')}</p>
      <OverdueReason campaign={campaign} />
      {asking && <CampaignConfirm asked="cancel" campaign={campaign} onClose={() => setAsking(false)} />}
    </Notice>
  )
}

/** Which start did not happen and why: missed by an outage, or the error that stood in the way. */
function OverdueReason({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation('campaigns')
  const { statusReason: reason, startAt } = campaign
  const language = i18n.language === 'en' ? 'en' : 'id'
  const words =
    reason !== null && isErrorCode(reason) ? errorTable[reason][language] : t('notice.overdue.missed')
  return (
    <p className="mt-1 text-xs text-muted">
      {startAt && (
        <>
          <DateTime at={startAt} />
          {' · '}
        </>
      )}
      {words}
    </p>
  )
}

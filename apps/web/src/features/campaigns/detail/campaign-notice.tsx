import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'
import { DateTime } from '#ui/time.tsx'
import { HaltNotice } from './halt-notice.tsx'
import { OverdueNotice } from './overdue-notice.tsx'

/** What holds a campaign up, why, and what to do; nothing while it runs or has ended well. */
export function CampaignNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  if (campaign.status === 'halted' || campaign.halt !== null) return <HaltNotice campaign={campaign} />
  switch (campaign.status) {
    case 'overdue':
      return <OverdueNotice campaign={campaign} />
    case 'paused':
      return (
        <Notice tone="warn" title={t('notice.paused.title')}>
          {t('notice.paused.text')}
        </Notice>
      )
    case 'scheduled':
      return <ScheduledNotice campaign={campaign} />
    case 'cancelled':
      return (
        <Notice tone="info" title={t('notice.cancelled.title')}>
          {t('notice.cancelled.text')}
        </Notice>
      )
    default:
      return null
  }
}

/** Between the runs of a recurring campaign the page shows what came of the last one; the next start stands beside it. */
function ScheduledNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  if (campaign.runs > 0) return null
  return (
    <Notice tone="info" title={t('notice.scheduled.title')}>
      {campaign.startAt && (
        <p>
          <DateTime at={campaign.startAt} />
        </p>
      )}
      <p>{t('notice.scheduled.text')}</p>
    </Notice>
  )
}

import { isErrorCode, errorTable, haltReasons } from '@siar/domain'
import type { HaltReason } from '@siar/domain'
import type { Campaign } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { DateTime } from '#ui/time.tsx'

/** What holds a campaign up, why, and what to do; nothing while it runs or has ended well. */
export function CampaignNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  switch (campaign.status) {
    case 'halted':
      return <HaltedNotice reason={campaign.statusReason} />
    case 'overdue':
      return (
        <Notice tone="warn" title={t('notice.overdue.title')}>
          <p>{t('notice.overdue.text')}</p>
          <OverdueReason reason={campaign.statusReason} />
        </Notice>
      )
    case 'paused':
      return (
        <Notice tone="warn" title={t('notice.paused.title')}>
          {t('notice.paused.text')}
        </Notice>
      )
    case 'scheduled':
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

function isHaltReason(reason: string | null): reason is HaltReason {
  return haltReasons.some((known) => known === reason)
}

function HaltedNotice({ reason }: { reason: string | null }) {
  const { t } = useTranslation('campaigns')
  const known = isHaltReason(reason) ? reason : null
  return (
    <Notice
      tone="danger"
      title={known ? t(`notice.halted.${known}.title`) : t('notice.halted.title')}
      action={
        <Button size="sm" asChild>
          <Link to="/senders">{t('notice.halted.senders')}</Link>
        </Button>
      }
    >
      {known ? t(`notice.halted.${known}.text`) : reason}
    </Notice>
  )
}

/** Why the scheduled start did not happen: missed by an outage, or the error that stood in the way. */
function OverdueReason({ reason }: { reason: string | null }) {
  const { t, i18n } = useTranslation('campaigns')
  if (reason === null) return null
  const language = i18n.language === 'en' ? 'en' : 'id'
  const text = isErrorCode(reason) ? errorTable[reason][language] : t('notice.overdue.missed')
  return <p className="mt-1">{text}</p>
}

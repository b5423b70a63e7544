import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { haltReasons } from '@siar/domain'
import type { HaltReason } from '@siar/domain'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'

function isHaltReason(reason: string | null | undefined): reason is HaltReason {
  return haltReasons.some((known) => known === reason)
}

/** Why a campaign stands still, since when, from when on it may go on and who lets it. */
export function HaltNotice({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const can = useCan()
  const { halt, status, statusReason } = campaign
  const reason = halt?.reason ?? statusReason
  const known = isHaltReason(reason) ? reason : null
  const mayGoOn = status === 'halted' && can('campaigns.write')
  return (
    <Notice
      tone="danger"
      title={known ? t(`campaigns:notice.halted.${known}.title`) : t('campaigns:notice.halted.title')}
      action={
        <span className="flex flex-wrap gap-2">
          <SenderLink senderId={halt?.senderId ?? null} />
          {mayGoOn && <GoOn campaign={campaign} />}
        </span>
      }
    >
      {halt && <p>{halt.text}</p>}
      {known ? (
        <p className={halt ? 'mt-1' : undefined}>{t(`campaigns:notice.halted.${known}.text`)}</p>
      ) : (
        !halt && <p>{reason}</p>
      )}
      {halt && (
        <p className="mt-1 text-xs text-muted">
          {t('campaign-results:halt.since')} <RelativeTime at={halt.since} />
          {halt.until !== null && (
            <>
              {' · '}
              {t('campaign-results:halt.until')} <DateTime at={halt.until} />
            </>
          )}
        </p>
      )}
      {status === 'halted' && !mayGoOn && (
        <p className="mt-1 text-xs text-muted">{t('campaign-results:halt.who')}</p>
      )}
    </Notice>
  )
}

function SenderLink({ senderId }: { senderId: string | null }) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  return (
    <Button size="sm" asChild>
      {senderId === null ? (
        <Link to="/senders">{t('campaigns:notice.halted.senders')}</Link>
      ) : (
        <Link to="/senders/$senderId" params={{ senderId }}>
          {t('campaign-results:halt.sender')}
        </Link>
      )}
    </Button>
  )
}

/** Lets a halted campaign go on; before its time it names the risk first. */
function GoOn({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const [askedAtMs, setAskedAtMs] = useState<number | null>(null)
  const resume = useAction(campaignOperations.resume, {
    invalidates: ['campaigns.', 'report.', 'analytics.'],
    onSuccess: () => setAskedAtMs(null),
  })
  const until = campaign.halt?.until ?? null
  const early = askedAtMs !== null && until !== null && askedAtMs < Date.parse(until)
  return (
    <>
      <Button size="sm" tone="primary" onClick={() => setAskedAtMs(Date.now())}>
        {t('campaign-results:halt.goOn')}
      </Button>
      <ConfirmDialog
        open={askedAtMs !== null}
        onOpenChange={() => setAskedAtMs(null)}
        danger={early}
        title={t(early ? 'campaign-results:halt.earlyTitle' : 'campaigns:confirm.resume.title')}
        text={t(early ? 'campaign-results:halt.earlyText' : 'campaigns:confirm.resume.text')}
        action={t('campaigns:confirm.resume.action', { count: campaign.figures.queued })}
        busy={resume.isPending}
        onConfirm={() =>
          resume.mutate({ params: { campaignId: campaign.id }, body: { confirmEarly: early } })
        }
      />
    </>
  )
}

import { unknownMessageOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'

export type UnknownPartProps = {
  campaignId: string
  /** People of the run whose message is not certain, those a person left so included. */
  count: number
}

/** Who is not certain: those who wait for a decision, with the way to it, and those who were left as they are. */
export function UnknownPart({ campaignId, count }: UnknownPartProps) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const format = useFormat()
  const open = useOperation(
    unknownMessageOperations.list,
    { query: { campaignId, limit: 1 } },
    { refetchMs: 30_000 },
  )
  const undecided = open.data ? open.data.total : count
  const left = Math.max(0, count - undecided)
  return (
    <>
      {undecided > 0 && (
        <Notice tone="warn" title={t('campaigns:reasons.unknown', { count: undecided })}>
          <p>{t('campaigns:reasons.unknownText')}</p>
          <Button tone="link" size="sm" asChild className="mt-1">
            <Link to="/campaigns/unknown" search={{ campaign: campaignId }}>
              {t('campaigns:reasons.decide')}
            </Link>
          </Button>
        </Notice>
      )}
      {left > 0 && (
        <section>
          <StatusBadge status="unknown" />
          <p className="flex justify-between gap-4 py-2">
            <span className="text-muted">{t('campaign-results:leftUncertain')}</span>
            <span className="font-semibold tabular-nums">{format.number(left)}</span>
          </p>
        </section>
      )}
    </>
  )
}

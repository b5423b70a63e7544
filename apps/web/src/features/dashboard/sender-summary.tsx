import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { healthLevel } from '#features/senders/health-mark.tsx'
import { UsageMeter } from '#features/senders/usage-meter.tsx'

const shown = 5

/** The numbers that send: those in trouble first, with how much of today is used. */
export function SenderSummary() {
  const { t } = useTranslation('dashboard')
  const senders = useOperation(senderOperations.list, {})
  const rows = senders.data?.data
  return (
    <Card
      title={t('senders.title')}
      aside={
        <Button tone="link" size="sm" asChild>
          <Link to="/senders">{t('senders.all')}</Link>
        </Button>
      }
    >
      {senders.error && <ProblemState error={senders.error} onRetry={() => void senders.refetch()} />}
      {!rows && !senders.error && <SkeletonText lines={4} />}
      {rows?.length === 0 && <p className="text-sm text-muted">{t('senders.none')}</p>}
      {rows && rows.length > 0 && (
        <ul className="divide-y divide-line">
          {worstFirst(rows)
            .slice(0, shown)
            .map((sender) => (
              <SenderLine key={sender.id} sender={sender} />
            ))}
        </ul>
      )}
    </Card>
  )
}

function worstFirst(senders: readonly Sender[]): Sender[] {
  const rank = (sender: Sender) => (sender.status === 'online' ? (sender.health.score ?? 100) : -1)
  return [...senders].sort((left, right) => rank(left) - rank(right))
}

function SenderLine({ sender }: { sender: Sender }) {
  const { t } = useTranslation(['dashboard', 'senders'])
  const { score, today } = sender.health
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="mb-3 flex items-center justify-between gap-3">
        <span className="min-w-0">
          <Link
            to="/senders/$senderId"
            params={{ senderId: sender.id }}
            className="block truncate font-semibold hover:underline"
          >
            {sender.name}
          </Link>
          <span className="block text-xs text-subtle">
            {score === null
              ? t('senders:health.none')
              : t('dashboard:senders.health', { score, word: t(`senders:health.${healthLevel(score)}`) })}
          </span>
        </span>
        <SenderBadge status={sender.status} />
      </div>
      <UsageMeter label={t('senders:usage.today')} used={today.used} allowed={today.allowed} />
    </li>
  )
}

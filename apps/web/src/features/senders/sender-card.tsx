import { Link } from '@tanstack/react-router'
import { isLinkedByPhone } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { OctagonAlert, QrCode } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { HealthMark } from './health-mark.tsx'
import { UsageMeter } from './usage-meter.tsx'
import { isUnlinked } from './pairing-state.ts'

/** One sender at a glance: whether it works, how healthy it is, how much of today is used. The whole card opens it. */
export function SenderCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const can = useCan()
  const { health } = sender
  return (
    <article className="relative flex w-full min-w-0 flex-col gap-4 rounded-lg border border-line bg-surface p-5 transition-colors focus-within:border-control hover:border-control">
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-base font-semibold">
            <Link
              to="/senders/$senderId"
              params={{ senderId: sender.id }}
              className="after:absolute after:inset-0 after:rounded-lg"
            >
              {sender.name}
            </Link>
          </h2>
          <p className="mt-0.5 truncate text-xs text-subtle tabular-nums">
            {sender.phone ? phoneText(sender.phone) : t('card.noPhone')}
          </p>
        </div>
        <SenderBadge status={sender.status} />
      </header>
      <HealthMark health={health} />
      <div className="mt-auto flex flex-col gap-4">
        <UsageMeter label={t('usage.today')} used={health.today.used} allowed={health.today.allowed} />
        <footer className="flex flex-wrap items-center gap-2">
          <Badge tone="outline">{t(`channels.${sender.channel}`)}</Badge>
          {sender.halt && (
            <Badge tone="danger" icon={<OctagonAlert aria-hidden />}>
              {t('halt.badge')}
            </Badge>
          )}
          {sender.putAsideCount > 0 && (
            <Badge tone="warn">{t('card.putAside', { count: sender.putAsideCount })}</Badge>
          )}
          {health.warmUp.active && <Badge tone="info">{t('card.warmUp', { day: health.warmUp.day })}</Badge>}
          {!sender.useForCampaigns && <Badge tone="neutral">{t('card.notForCampaigns')}</Badge>}
          {isUnlinked(sender) && isLinkedByPhone(sender.channel) && can('senders.manage') && (
            <Button size="sm" asChild className="relative ml-auto">
              <Link to="/senders/$senderId/pair" params={{ senderId: sender.id }}>
                <QrCode aria-hidden />
                {t('card.pair')}
              </Link>
            </Button>
          )}
        </footer>
      </div>
    </article>
  )
}

import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { bindingRule } from './binding-rule.ts'
import { DateTime } from '#ui/time.tsx'
import { UsageMeter } from './usage-meter.tsx'
import { WarmUpLine } from './warm-up-line.tsx'

/** What a number may still send today and this hour, and which rule stops it first. */
export function RoomToSend({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const { health } = sender
  if (sender.channel === 'cloud_api') return <OfficialRoom sender={sender} />
  return (
    <Card title={t('overview.use')}>
      <div className="flex flex-col gap-5">
        <BindingWords sender={sender} />
        <UsageMeter label={t('usage.today')} used={health.today.used} allowed={health.today.allowed} />
        <UsageMeter label={t('usage.hour')} used={health.hour.used} allowed={health.hour.allowed} />
        <WarmUpLine warmUp={health.warmUp} />
      </div>
    </Card>
  )
}

function BindingWords({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const binding = bindingRule(sender)
  if (binding === null) return <p className="text-muted">{t('binding.none')}</p>
  const { rule, left } = binding
  return (
    <div>
      <p className="font-semibold tabular-nums">
        {left === 0 ? t(`binding.${rule}.over`) : t(`binding.${rule}.left`, { count: left })}
      </p>
      <p className="mt-0.5 text-xs text-pretty text-subtle">
        {t(left === 0 ? `binding.${rule}.overText` : `binding.${rule}.text`)}
      </p>
    </div>
  )
}

/** An official number has a limit of people that it shares with the other numbers of its business, and no caps. */
function OfficialRoom({ sender: { portfolio, health } }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  return (
    <Card title={t('overview.use')}>
      <div className="flex flex-col gap-5">
        <PortfolioWords portfolio={portfolio} />
        {portfolio && (
          <UsageMeter label={t('portfolio.label')} used={portfolio.people} allowed={portfolio.peopleMax} />
        )}
        <UsageMeter label={t('usage.today')} used={health.today.used} allowed={null} />
      </div>
    </Card>
  )
}

function PortfolioWords({ portfolio }: Pick<Sender, 'portfolio'>) {
  const { t } = useTranslation('senders')
  if (portfolio === null) return <p className="text-muted">{t('portfolio.unknown')}</p>
  const { people, peopleMax, freeAt } = portfolio
  if (peopleMax === null) return <p className="text-muted">{t('portfolio.none')}</p>
  return (
    <div>
      <p className="font-semibold tabular-nums">
        {freeAt === null ? t('portfolio.left', { count: peopleMax - people }) : t('portfolio.over')}
      </p>
      <p className="mt-0.5 text-xs text-pretty text-subtle">
        {freeAt === null ? (
          t('portfolio.text')
        ) : (
          <>
            {t('portfolio.overText')} {t('portfolio.freeAt')} <DateTime at={freeAt} />
          </>
        )}
      </p>
    </div>
  )
}

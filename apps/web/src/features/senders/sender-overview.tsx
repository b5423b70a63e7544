import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Card } from '#ui/card.tsx'
import { Facts } from '#ui/facts.tsx'
import { Switch } from '#ui/switch.tsx'
import { DateTime } from '#ui/time.tsx'
import { EgressCard } from '#features/egress/egress-card.tsx'
import { HealthChart } from './health-chart.tsx'
import { HealthMark } from './health-mark.tsx'
import { RoomToSend } from './room-to-send.tsx'

export function SenderOverview({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const { health } = sender
  return (
    <div className="grid items-start gap-5 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
        <Card title={t('overview.health')} text={t('overview.healthText')}>
          <HealthMark health={health} size="lg" />
        </Card>
        <HealthChart days={health.days} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <RoomToSend sender={sender} />
        <EgressCard senderId={sender.id} />
        <Card>
          <UseForCampaigns sender={sender} />
        </Card>
        <Card title={t('overview.facts')}>
          <SenderFacts sender={sender} />
        </Card>
      </div>
    </div>
  )
}

function SenderFacts({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const format = useFormat()
  const none = <span className="font-normal text-subtle">{t('overview.unknown')}</span>
  return (
    <Facts
      facts={[
        { label: t('overview.channel'), value: t(`channels.${sender.channel}`) },
        { label: t('overview.phone'), value: sender.phone ? phoneText(sender.phone) : none },
        {
          label: t('overview.since'),
          value: sender.numberSince ? format.calendarDate(sender.numberSince) : none,
        },
        {
          label: t('overview.paired'),
          value: sender.pairedAt ? <DateTime at={sender.pairedAt} /> : none,
        },
        { label: t('overview.added'), value: <DateTime at={sender.createdAt} show="date" /> },
      ]}
    />
  )
}

function UseForCampaigns({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const can = useCan()
  const update = useAction(senderOperations.update, { invalidates: ['senders.'] })
  const shown = update.isPending ? update.variables.body?.useForCampaigns : sender.useForCampaigns
  return (
    <Switch
      label={t('overview.useForCampaigns')}
      hint={t('overview.useForCampaignsHint')}
      checked={shown ?? sender.useForCampaigns}
      disabled={!can('senders.manage') || update.isPending}
      onCheckedChange={(useForCampaigns) =>
        update.mutate({ params: { senderId: sender.id }, body: { useForCampaigns } })
      }
    />
  )
}

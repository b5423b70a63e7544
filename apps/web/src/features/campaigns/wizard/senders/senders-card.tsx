import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { Shuffle, Scale, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import type { StepProps } from '../step-props.ts'

/** Those that are up or come back by themselves; the others need a person first. Source: the start of a campaign. */
function canServe(status: Sender['status']): boolean {
  return status === 'online' || status === 'reconnecting' || status === 'restricted' || status === 'offline'
}

/** Which numbers send, and how people are shared among them. None ticked means all that may send campaigns. */
export function SendersCard({ draft, onChange }: StepProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const senders = useOperation(senderOperations.list, {})
  const shown = senders.data?.data.filter((sender) => sender.useForCampaigns)
  const usable = shown?.filter((sender) => canServe(sender.status))
  const all = draft.senderIds.length === 0
  const toggle = (id: string) => {
    const before = all ? (usable?.map((sender) => sender.id) ?? []) : draft.senderIds
    const next = before.includes(id) ? before.filter((other) => other !== id) : [...before, id]
    const isAll = usable?.every((sender) => next.includes(sender.id)) ?? false
    if (next.length > 0) onChange({ senderIds: isAll ? [] : next })
  }
  const used = usable?.filter((sender) => all || draft.senderIds.includes(sender.id)) ?? []
  return (
    <Card title={t('wizard:senders.title')} text={t('wizard:senders.text')}>
      {senders.error && <ProblemState error={senders.error} onRetry={() => void senders.refetch()} />}
      {!shown && !senders.error && <SkeletonText lines={3} />}
      {shown?.length === 0 && <NoSenders />}
      {shown && shown.length > 0 && (
        <div className="flex flex-col gap-5">
          <ul className="divide-y divide-line rounded-lg border border-line">
            {shown.map((sender) => (
              <SenderChoice
                key={sender.id}
                sender={sender}
                checked={used.includes(sender)}
                locked={!canServe(sender.status) || (used.length === 1 && used.includes(sender))}
                onToggle={() => toggle(sender.id)}
              />
            ))}
          </ul>
          {used.length > 1 && (
            <RadioCards
              label={t('wizard:senders.rotation')}
              value={draft.rotation}
              onValueChange={(rotation) => onChange({ rotation })}
              options={[
                {
                  value: 'round_robin',
                  title: t('rotation.round_robin'),
                  text: t('wizard:senders.roundRobin'),
                  icon: <Shuffle />,
                },
                {
                  value: 'least_loaded',
                  title: t('rotation.least_loaded'),
                  text: t('wizard:senders.leastLoaded'),
                  icon: <Scale />,
                },
              ]}
            />
          )}
          {used.length > 1 && <p className="text-xs text-subtle">{t('wizard:senders.sticky')}</p>}
        </div>
      )}
    </Card>
  )
}

type SenderChoiceProps = { sender: Sender; checked: boolean; locked: boolean; onToggle: () => void }

function SenderChoice({ sender, checked, locked, onToggle }: SenderChoiceProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const format = useFormat()
  const { used, allowed } = sender.health.today
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <Checkbox
        checked={checked}
        disabled={locked}
        onCheckedChange={onToggle}
        label={<span className="font-medium">{sender.name}</span>}
        hint={
          !canServe(sender.status)
            ? t('wizard:senders.cannot')
            : allowed === null
              ? t('wizard:senders.noCap')
              : t('wizard:senders.room', {
                  count: Math.max(0, allowed - used),
                  shown: format.number(allowed),
                })
        }
      />
      <SenderBadge status={sender.status} />
    </li>
  )
}

function NoSenders() {
  const { t } = useTranslation(['campaigns', 'wizard'])
  return (
    <EmptyState
      icon={Smartphone}
      title={t('wizard:senders.emptyTitle')}
      text={t('wizard:senders.emptyText')}
      action={
        <Button asChild>
          <Link to="/senders">{t('wizard:senders.open')}</Link>
        </Button>
      }
    />
  )
}

import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import type { StepProps } from '../step-props.ts'
import { canServe, sendersOf } from './can-serve.ts'
import { RotationChoice } from './rotation-choice.tsx'

/** Which numbers send, and how people are shared among them. None ticked means all that may send campaigns. */
export function SendersCard(props: StepProps) {
  const { draft, onChange } = props
  const { t } = useTranslation('wizard')
  const senders = useOperation(senderOperations.list, {})
  const shown = senders.data?.data.filter((sender) => sender.useForCampaigns)
  const usable = shown?.filter(canServe) ?? []
  const used = sendersOf(draft, shown ?? [])
  const toggle = (id: string) => {
    const before = used.map((sender) => sender.id)
    const next = before.includes(id) ? before.filter((other) => other !== id) : [...before, id]
    const isAll = usable.every((sender) => next.includes(sender.id))
    if (next.length > 0) onChange({ senderIds: isAll ? [] : next })
  }
  return (
    <Card title={t('senders.title')} text={t('senders.text')}>
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
                locked={!canServe(sender) || (used.length === 1 && used.includes(sender))}
                onToggle={() => toggle(sender.id)}
              />
            ))}
          </ul>
          {used.length > 1 && <RotationChoice {...props} senders={used} />}
        </div>
      )}
    </Card>
  )
}

type SenderChoiceProps = { sender: Sender; checked: boolean; locked: boolean; onToggle: () => void }

function SenderChoice({ sender, checked, locked, onToggle }: SenderChoiceProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <Checkbox
        checked={checked}
        disabled={locked}
        onCheckedChange={onToggle}
        label={<span className="font-medium">{sender.name}</span>}
        hint={<Room sender={sender} />}
      />
      <SenderBadge status={sender.status} />
    </li>
  )
}

/** What it can still send today, or why it cannot. */
function Room({ sender }: { sender: Sender }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const { used, allowed } = sender.health.today
  if (!canServe(sender)) return t('senders.cannot')
  if (allowed === null) return t('senders.noCap')
  return t('senders.room', { count: Math.max(0, allowed - used), shown: format.number(allowed) })
}

function NoSenders() {
  const { t } = useTranslation('wizard')
  return (
    <EmptyState
      icon={Smartphone}
      title={t('senders.emptyTitle')}
      text={t('senders.emptyText')}
      action={
        <Button asChild>
          <Link to="/senders">{t('senders.open')}</Link>
        </Button>
      }
    />
  )
}

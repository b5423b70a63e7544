import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'

/** The WhatsApp groups of the number, asked of its live session only when a person wants to see them. */
export function GroupsCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  const [isAsked, setIsAsked] = useState(false)
  const groups = useOperation(
    senderOperations.listGroups,
    { params: { senderId: sender.id } },
    { enabled: isAsked },
  )
  return (
    <Card
      title={t('groups.title')}
      text={t('groups.text')}
      aside={
        !isAsked && (
          <Button size="sm" icon={<Users aria-hidden />} onClick={() => setIsAsked(true)}>
            {t('groups.show')}
          </Button>
        )
      }
    >
      {!isAsked ? null : groups.error ? (
        <ProblemState error={groups.error} onRetry={() => void groups.refetch()} />
      ) : !groups.data ? (
        <SkeletonText />
      ) : groups.data.data.length === 0 ? (
        <p className="text-sm text-muted">{t('groups.none')}</p>
      ) : (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto" aria-label={t('groups.title')}>
          {groups.data.data.map((group) => (
            <li key={group.id} className="flex justify-between gap-4 py-2">
              <span className="min-w-0 truncate">{group.name}</span>
              <span className="shrink-0 text-xs text-subtle tabular-nums">
                {t('groups.members', { count: group.memberCount })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

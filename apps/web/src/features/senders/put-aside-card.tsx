import { putAsideOperations } from '@siar/contract'
import type { PutAsideItem, Sender } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { DateTime } from '#ui/time.tsx'

const kinds = ['message', 'status', 'ack', 'error', 'preference', 'echo', 'account', 'cause'] as const

/** What webhooks told and Siar could not take: how much, why, and what to do about it. */
export function PutAsideCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  const can = useCan()
  const params = { senderId: sender.id }
  const items = useOperation(putAsideOperations.list, { params })
  const invalidates = ['senders.']
  const [isAsked, setIsAsked] = useState(false)
  const retry = useAction(putAsideOperations.retry, { invalidates })
  const discard = useAction(putAsideOperations.discard, { invalidates, onSuccess: () => setIsAsked(false) })
  return (
    <Card
      title={t('putAside.title', { count: sender.putAsideCount })}
      text={t('putAside.text')}
      aside={
        can('senders.manage') && (
          <>
            <Button size="sm" onClick={() => setIsAsked(true)}>
              {t('putAside.discard')}
            </Button>
            <Button
              size="sm"
              busy={retry.isPending}
              onClick={() => retry.mutate({ params, body: { ids: null } })}
            >
              {t('putAside.retry')}
            </Button>
          </>
        )
      }
    >
      {items.error ? (
        <ProblemState error={items.error} onRetry={() => void items.refetch()} />
      ) : items.data ? (
        <ItemList items={items.data.data} />
      ) : (
        <SkeletonText />
      )}
      {isAsked && (
        <ConfirmDialog
          open
          onOpenChange={setIsAsked}
          title={t('putAside.confirmTitle', { count: sender.putAsideCount })}
          text={t('putAside.confirmText')}
          action={t('putAside.discard')}
          danger
          busy={discard.isPending}
          onConfirm={() => discard.mutate({ params, body: { ids: null } })}
        />
      )}
    </Card>
  )
}

function ItemList({ items }: { items: readonly PutAsideItem[] }) {
  const { t } = useTranslation('connect')
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto" aria-label={t('putAside.list')}>
      {items.map((item) => {
        const kind = kinds.find((one) => one === item.kind)
        return (
          <li key={item.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5">
            <span className="font-medium">{t(`putAside.kinds.${kind ?? 'other'}`)}</span>
            <span className="min-w-0 flex-1 text-xs text-muted">
              {item.reason === null ? t('putAside.noReason') : t('putAside.reason', { code: item.reason })}
            </span>
            <span className="text-xs text-subtle">
              <DateTime at={item.receivedAt} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

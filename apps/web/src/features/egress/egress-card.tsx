import { egressOperations } from '@siar/contract'
import type { SenderEgress } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useReasonText } from '#features/campaigns/reason-text.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Facts } from '#ui/facts.tsx'
import { Notice } from '#ui/notice.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { DateTime } from '#ui/time.tsx'
import { EgressSheet } from './egress-sheet.tsx'
import { ProxyState } from './proxy-state.tsx'
import { useProxyWords } from './proxy-words.ts'

/** By which way one sender goes out, and why it waits when it does. */
export function EgressCard({ senderId }: { senderId: string }) {
  const { t } = useTranslation('egress')
  const can = useCan()
  const [isOpen, setOpen] = useState(false)
  const egress = useOperation(egressOperations.getSenderEgress, { params: { senderId } })
  if (egress.error) {
    return (
      <Card title={t('card.title')}>
        <ProblemState error={egress.error} onRetry={() => void egress.refetch()} />
      </Card>
    )
  }
  return (
    <Card title={t('card.title')} text={t('card.text')}>
      {egress.data ? (
        <div className="flex flex-col items-start gap-4">
          <EgressNotice egress={egress.data} />
          <EgressFacts egress={egress.data} />
          {can('senders.manage') && <Button onClick={() => setOpen(true)}>{t('card.change')}</Button>}
          {isOpen && <EgressSheet senderId={senderId} egress={egress.data} onClose={() => setOpen(false)} />}
        </div>
      ) : (
        <SkeletonText lines={3} />
      )}
    </Card>
  )
}

function EgressNotice({ egress }: { egress: SenderEgress }) {
  const { t } = useTranslation('egress')
  const reasonText = useReasonText()
  const { waits, linkedSenders, sendersPerAddress } = egress
  if (waits !== null) {
    return (
      <Notice tone="warn" title={t('card.waits')} className="w-full">
        {reasonText(waits)}
      </Notice>
    )
  }
  if (linkedSenders <= sendersPerAddress) return null
  return (
    <Notice className="w-full">
      {t('card.crowded', { count: linkedSenders, limit: sendersPerAddress })}
    </Notice>
  )
}

function EgressFacts({ egress }: { egress: SenderEgress }) {
  const { t } = useTranslation('egress')
  const words = useProxyWords()
  const { proxy, country, assignedAt, linkedSenders } = egress
  return (
    <div className="w-full">
      <Facts
        facts={[
          {
            label: t('card.way'),
            value: egress.kind === 'direct' ? t('card.direct') : (proxy?.name ?? t('card.noProxy')),
          },
          ...(proxy ? [{ label: t('columns.state'), value: <ProxyState proxy={proxy} /> }] : []),
          ...(proxy?.exitAddress ? [{ label: t('card.exit'), value: proxy.exitAddress }] : []),
          ...(country ? [{ label: t('card.only'), value: words.country(country) }] : []),
          ...(proxy && assignedAt ? [{ label: t('card.since'), value: <DateTime at={assignedAt} /> }] : []),
          ...(linkedSenders > 0
            ? [{ label: t('card.sharing'), value: t('card.sharingCount', { count: linkedSenders }) }]
            : []),
        ]}
      />
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLiveState } from '#app/live.ts'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Card } from '#ui/card.tsx'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { PairedCard } from './paired-card.tsx'
import { PairingCode } from './pairing-code.tsx'
import { SimulatedPhone } from './simulated-phone.tsx'

export function PairingPage() {
  const senderId = usePathParam('senderId')
  const sender = useOperation(senderOperations.get, { params: { senderId } })
  if (sender.error)
    return <ProblemState size="page" error={sender.error} onRetry={() => void sender.refetch()} />
  if (!sender.data) return <SkeletonPage />
  return <Pairing sender={sender.data} />
}

function Pairing({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const live = useLiveState()
  const pairing = useOperation(
    senderOperations.getPairing,
    { params: { senderId: sender.id } },
    { refetchMs: (data) => (data?.status === 'online' ? false : 2000), staleMs: 0 },
  )
  const status = pairing.data?.status ?? sender.status
  const qr = pairing.data?.qr ?? null
  const linked = status === 'online' || status === 'restricted'
  return (
    <Page>
      <PageHeader
        title={t('pair.title', { name: sender.name })}
        text={t('pair.text')}
        aside={
          <>
            <SenderBadge status={status} />
            <LiveIndicator state={live} />
          </>
        }
        back={
          <Link
            to="/senders/$senderId"
            params={{ senderId: sender.id }}
            className="inline-flex items-center gap-1 hover:text-ink"
          >
            <ChevronLeft className="size-4" aria-hidden />
            {t('pair.back')}
          </Link>
        }
      />
      {pairing.error && !pairing.data ? (
        <Card>
          <ProblemState error={pairing.error} onRetry={() => void pairing.refetch()} />
        </Card>
      ) : linked ? (
        <PairedCard sender={sender} />
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <PairingCode sender={sender} status={status} qr={qr} />
          {sender.channel === 'simulator' && <SimulatedPhone senderId={sender.id} code={qr?.data ?? null} />}
        </div>
      )}
    </Page>
  )
}

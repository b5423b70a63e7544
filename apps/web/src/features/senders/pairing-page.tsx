import { Link } from '@tanstack/react-router'
import { isLinkedByPhone, senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import type { SenderStatus } from '@siar/domain'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLiveState } from '#app/live.ts'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { PairedCard } from './paired-card.tsx'
import { PairingCode } from './pairing-code.tsx'
import type { ReactNode } from 'react'
import { SenderNotice } from './sender-notice.tsx'
import { SimulatedPhone } from './simulated-phone.tsx'
import { WebhookCard } from './webhook-card.tsx'

export function PairingPage() {
  const senderId = usePathParam('senderId')
  const sender = useOperation(senderOperations.get, { params: { senderId } })
  if (sender.error)
    return <ProblemState size="page" error={sender.error} onRetry={() => void sender.refetch()} />
  if (!sender.data) return <SkeletonPage />
  return isLinkedByPhone(sender.data.channel) ? (
    <PhonePairing sender={sender.data} />
  ) : (
    <AccountSetUp sender={sender.data} />
  )
}

type FrameProps = {
  sender: Sender
  status: SenderStatus
  title: string
  text: string
  children: ReactNode
}

function Frame({ sender, status, title, text, children }: FrameProps) {
  const { t } = useTranslation('senders')
  const live = useLiveState()
  return (
    <Page>
      <PageHeader
        title={title}
        text={text}
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
      <SenderNotice sender={sender} />
      {children}
    </Page>
  )
}

function PhonePairing({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const pairing = useOperation(
    senderOperations.getPairing,
    { params: { senderId: sender.id } },
    { refetchMs: (data) => (data?.status === 'online' ? false : 2000), staleMs: 0 },
  )
  const status = pairing.data?.status ?? sender.status
  const linked = status === 'online' || status === 'restricted'
  return (
    <Frame
      sender={sender}
      status={status}
      title={t('pair.title', { name: sender.name })}
      text={sender.channel === 'simulator' ? t('pair.text') : t('pair.textPhone')}
    >
      {pairing.error && !pairing.data ? (
        <Card>
          <ProblemState error={pairing.error} onRetry={() => void pairing.refetch()} />
        </Card>
      ) : linked ? (
        <PairedCard sender={sender} />
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <PairingCode sender={sender} status={status} pairing={pairing.data} />
          {sender.channel === 'simulator' && (
            <SimulatedPhone senderId={sender.id} code={pairing.data?.qr?.data ?? null} />
          )}
        </div>
      )}
    </Frame>
  )
}

/** What was entered opened the account already; Meta still has to learn where to tell what happens. */
function AccountSetUp({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  return (
    <Frame
      sender={sender}
      status={sender.status}
      title={t('webhook.pageTitle', { name: sender.name })}
      text={t('webhook.pageText')}
    >
      <div className="flex max-w-3xl flex-col gap-6">
        <WebhookCard sender={sender} />
        <div className="flex justify-end max-sm:*:flex-1">
          <Button tone="primary" asChild>
            <Link to="/senders/$senderId" params={{ senderId: sender.id }}>
              {t('webhook.done')}
            </Link>
          </Button>
        </div>
      </div>
    </Frame>
  )
}

import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { phoneText } from '#features/contacts/phone-text.ts'
import { SenderBadge } from '#ui/state-badge.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { LimitsForm } from './limits-form.tsx'
import { SenderActions, SenderMainAction } from './sender-actions.tsx'
import { SenderConnection } from './sender-connection.tsx'
import { SenderEvents } from './sender-events.tsx'
import { SenderHaltNotice } from './sender-halt-notice.tsx'
import { SenderNotice } from './sender-notice.tsx'
import { SenderOverview } from './sender-overview.tsx'

export function SenderPage() {
  const senderId = usePathParam('senderId')
  const sender = useOperation(senderOperations.get, { params: { senderId } })
  if (sender.error)
    return <ProblemState size="page" error={sender.error} onRetry={() => void sender.refetch()} />
  if (!sender.data) return <SkeletonPage />
  return <Details sender={sender.data} />
}

function Details({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const can = useCan()
  const mayManage = can('senders.manage')
  return (
    <Page>
      <PageHeader
        title={sender.name}
        text={[t(`channels.${sender.channel}`), sender.phone && phoneText(sender.phone)]
          .filter(Boolean)
          .join(' · ')}
        aside={<SenderBadge status={sender.status} />}
        back={
          <Link to="/senders" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
        secondary={mayManage && <SenderActions sender={sender} />}
        action={mayManage && <SenderMainAction sender={sender} />}
      />
      <SenderHaltNotice sender={sender} />
      <SenderNotice sender={sender} />
      <Tabs
        label={t('tabs.label')}
        items={[
          { id: 'overview', label: t('tabs.overview'), content: <SenderOverview sender={sender} /> },
          {
            id: 'connection',
            label: t('tabs.connection'),
            count: sender.putAsideCount || undefined,
            content: <SenderConnection sender={sender} />,
          },
          ...(mayManage
            ? [
                {
                  id: 'limits',
                  label: t('tabs.limits'),
                  content: <LimitsForm key={sender.id} sender={sender} />,
                },
              ]
            : []),
          { id: 'events', label: t('tabs.events'), content: <SenderEvents sender={sender} /> },
        ]}
      />
    </Page>
  )
}

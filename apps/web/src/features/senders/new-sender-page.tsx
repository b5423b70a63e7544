import { Link } from '@tanstack/react-router'
import type { ConnectableChannel } from '@siar/contract'
import { connectableChannels } from '@siar/contract'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { ChannelCards } from './channel-cards.tsx'
import { CloudApiEntry } from './cloud-api-entry.tsx'
import { PhoneEntry } from './phone-entry.tsx'
import { WahaEntry } from './waha-entry.tsx'

export function NewSenderPage() {
  const { t } = useTranslation('senders')
  const [state, setState] = useUrlState({ channel: 'simulator' })
  const channel = connectableChannels.find((known) => known === state.channel) ?? 'simulator'
  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        text={t('new.text')}
        back={
          <Link to="/senders" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
      />
      <div className="flex max-w-4xl flex-col gap-6">
        <ChannelCards value={channel} onValueChange={(next) => setState({ channel: next })} />
        <Entry key={channel} channel={channel} />
      </div>
    </Page>
  )
}

function Entry({ channel }: { channel: ConnectableChannel }) {
  if (channel === 'cloud_api') return <CloudApiEntry />
  if (channel === 'waha') return <WahaEntry />
  return <PhoneEntry channel={channel} />
}

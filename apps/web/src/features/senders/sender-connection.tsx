import { asksAccess, webhookOf } from '@siar/contract'
import type { Sender } from '@siar/contract'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { Card } from '#ui/card.tsx'
import { AccessCard } from './access-card.tsx'
import { GroupsCard } from './groups-card.tsx'
import { PutAsideCard } from './put-aside-card.tsx'
import { ScreenshotCard } from './screenshot-card.tsx'
import { StandingCard } from './standing-card.tsx'
import { WebhookCard } from './webhook-card.tsx'

export type SectionProps = { sender: Sender }

interface Section {
  readonly id: string
  readonly isFor: (sender: Sender) => boolean
  /** Only for people who manage senders. */
  readonly isManaged: boolean
  readonly Part: ComponentType<SectionProps>
}

/** The parts of the tab from top to bottom; another one is a line here. */
const sections: readonly Section[] = [
  {
    id: 'standing',
    isFor: ({ channel, standing }) => channel === 'cloud_api' || standing !== null,
    isManaged: false,
    Part: StandingCard,
  },
  {
    id: 'putAside',
    isFor: ({ putAsideCount }) => putAsideCount > 0,
    isManaged: false,
    Part: PutAsideCard,
  },
  {
    id: 'screenshot',
    isFor: ({ channel }) => channel === 'web_browser',
    isManaged: true,
    Part: ScreenshotCard,
  },
  { id: 'access', isFor: ({ channel }) => asksAccess(channel), isManaged: true, Part: AccessCard },
  {
    id: 'webhook',
    isFor: ({ channel }) => webhookOf(channel)?.setBy === 'person',
    isManaged: true,
    Part: WebhookCard,
  },
  {
    id: 'groups',
    isFor: ({ channel, status }) => channel !== 'cloud_api' && status === 'online',
    isManaged: true,
    Part: GroupsCard,
  },
]

/** How the sender reaches WhatsApp: what the channel says of it, what opens it, what went wrong. */
export function SenderConnection({ sender }: SectionProps) {
  const { t } = useTranslation('connect')
  const can = useCan()
  const shown = sections.filter(
    ({ isFor, isManaged }) => isFor(sender) && (!isManaged || can('senders.manage')),
  )
  if (shown.length === 0)
    return (
      <Card>
        <p className="text-sm text-muted">{t('nothing')}</p>
      </Card>
    )
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {shown.map(({ id, Part }) => (
        <Part key={id} sender={sender} />
      ))}
    </div>
  )
}

import type { CampaignStatus, RecipientStatus, SenderStatus } from '@siar/domain'
import {
  Ban,
  CalendarClock,
  CircleCheck,
  CirclePause,
  CirclePlay,
  CircleSlash,
  CircleX,
  LoaderCircle,
  LogOut,
  OctagonAlert,
  PencilLine,
  QrCode,
  ShieldAlert,
  TriangleAlert,
  WifiOff,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from './badge.tsx'
import type { BadgeTone } from './badge.tsx'
import { StatusBadge } from './status-badge.tsx'
import type { Status } from './status.ts'

type Look = { tone: BadgeTone; icon: LucideIcon }

const campaignLooks: Record<CampaignStatus, Look> = {
  draft: { tone: 'outline', icon: PencilLine },
  scheduled: { tone: 'neutral', icon: CalendarClock },
  overdue: { tone: 'warn', icon: TriangleAlert },
  running: { tone: 'accent', icon: CirclePlay },
  paused: { tone: 'warn', icon: CirclePause },
  halted: { tone: 'danger', icon: OctagonAlert },
  completed: { tone: 'success', icon: CircleCheck },
  cancelled: { tone: 'outline', icon: CircleSlash },
}

/** The state of a campaign or a run. */
export function CampaignBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation('ui')
  const { tone, icon: Icon } = campaignLooks[status]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`campaign.${status}`)}
    </Badge>
  )
}

const senderLooks: Record<SenderStatus, Look> = {
  new: { tone: 'outline', icon: PencilLine },
  pairing: { tone: 'info', icon: QrCode },
  online: { tone: 'success', icon: CircleCheck },
  reconnecting: { tone: 'warn', icon: LoaderCircle },
  offline: { tone: 'neutral', icon: WifiOff },
  restricted: { tone: 'warn', icon: ShieldAlert },
  logged_out: { tone: 'danger', icon: LogOut },
  banned: { tone: 'danger', icon: Ban },
  stopped: { tone: 'outline', icon: CircleX },
}

/** The state of a sender's connection. */
export function SenderBadge({ status }: { status: SenderStatus }) {
  const { t } = useTranslation('ui')
  const { tone, icon: Icon } = senderLooks[status]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`sender.${status}`)}
    </Badge>
  )
}

/** The eight words people see for what the machine knows about one recipient. Source: architecture.md §4, figures. */
export const statusOfRecipient: Record<RecipientStatus, Status> = {
  queued: 'queued',
  claimed: 'queued',
  dispatching: 'queued',
  accepted: 'sent',
  delivered: 'delivered',
  read: 'read',
  replied: 'replied',
  refused: 'failed',
  unknown: 'unknown',
  abandoned: 'unknown',
  skipped: 'skipped',
  cancelled: 'skipped',
}

/** What became of one recipient. */
export function RecipientBadge({ status }: { status: RecipientStatus }) {
  const { t } = useTranslation('ui')
  if (status === 'cancelled') {
    return (
      <Badge tone="outline" icon={<CircleSlash aria-hidden />}>
        {t('campaign.cancelled')}
      </Badge>
    )
  }
  return <StatusBadge status={statusOfRecipient[status]} />
}

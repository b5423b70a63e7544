import type { TemplateApproval } from '@siar/contract'
import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock,
  LoaderCircle,
  PencilLine,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#ui/badge.tsx'
import type { BadgeTone } from '#ui/badge.tsx'

const looks: Record<TemplateApproval['status'], { tone: BadgeTone; icon: LucideIcon }> = {
  submitting: { tone: 'neutral', icon: LoaderCircle },
  pending: { tone: 'info', icon: Clock },
  approved: { tone: 'success', icon: CircleCheck },
  rejected: { tone: 'danger', icon: CircleX },
  paused: { tone: 'warn', icon: CirclePause },
  disabled: { tone: 'danger', icon: Ban },
  altered: { tone: 'warn', icon: PencilLine },
  failed: { tone: 'danger', icon: TriangleAlert },
  removed: { tone: 'outline', icon: Trash2 },
}

/** How far one text has come with Meta; null: it was never submitted. */
export function ApprovalBadge({ status }: { status: TemplateApproval['status'] | null }) {
  const { t } = useTranslation('templates')
  if (status === null) return <Badge tone="outline">{t('approval.notSubmitted')}</Badge>
  const { tone, icon: Icon } = looks[status]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`approval.status.${status}`)}
    </Badge>
  )
}

import type { Import } from '@siar/contract'
import { CircleCheck, CircleSlash, CircleX, LoaderCircle, PencilLine } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#ui/badge.tsx'
import type { BadgeTone } from '#ui/badge.tsx'

const looks: Record<Import['status'], { tone: BadgeTone; icon: LucideIcon }> = {
  uploaded: { tone: 'outline', icon: PencilLine },
  running: { tone: 'accent', icon: LoaderCircle },
  completed: { tone: 'success', icon: CircleCheck },
  failed: { tone: 'danger', icon: CircleX },
  cancelled: { tone: 'neutral', icon: CircleSlash },
}

/** How far an import is. */
export function ImportStatusBadge({ status }: { status: Import['status'] }) {
  const { t } = useTranslation('imports')
  const { tone, icon: Icon } = looks[status]
  return (
    <Badge
      tone={tone}
      icon={<Icon aria-hidden className={status === 'running' ? 'animate-turn' : undefined} />}
    >
      {t(`status.${status}`)}
    </Badge>
  )
}

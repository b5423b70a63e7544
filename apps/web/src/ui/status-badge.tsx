import {
  Check,
  CheckCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  CornerUpLeft,
  Eye,
  SkipForward,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { statusStyle } from './status.ts'
import type { Status } from './status.ts'

const icons: Record<Status, LucideIcon> = {
  queued: CircleDashed,
  sent: Check,
  delivered: CheckCheck,
  read: Eye,
  replied: CornerUpLeft,
  skipped: SkipForward,
  failed: CircleX,
  unknown: CircleHelp,
}

/** What became of a message: colour, icon and word together. */
export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  const { t } = useTranslation('ui')
  const Icon = icons[status]
  const style = statusStyle[status]
  return (
    <span
      className={cn(
        'inline-flex h-5.5 items-center gap-1 rounded-full px-2 text-xs font-medium whitespace-nowrap',
        style.text,
        style.soft,
        className,
      )}
    >
      <Icon className="size-3.5 shrink-0" strokeWidth={2.25} aria-hidden />
      {t(`status.${status}`)}
    </span>
  )
}

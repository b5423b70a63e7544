import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

type Tone = 'info' | 'success' | 'warn' | 'danger'
const looks: Record<Tone, { icon: LucideIcon; ground: string; ink: string }> = {
  info: { icon: Info, ground: 'bg-info-soft', ink: 'text-info-ink' },
  success: { icon: CircleCheck, ground: 'bg-success-soft', ink: 'text-success-ink' },
  warn: { icon: TriangleAlert, ground: 'bg-warn-soft', ink: 'text-warn-ink' },
  danger: { icon: OctagonAlert, ground: 'bg-danger-soft', ink: 'text-danger-ink' },
}

export type NoticeProps = {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string | undefined
}

/** A lasting message within a page: a risk, a halted campaign, a demo mark. Passing news is a toast. */
export function Notice({ tone = 'info', title, children, action, className }: NoticeProps) {
  const { icon: Icon, ground, ink } = looks[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'note'}
      className={cn('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-4 py-3', ground, className)}
    >
      <div className="flex min-w-0 flex-1 basis-56 items-start gap-3">
        <Icon className={cn('mt-0.5 size-4 shrink-0', ink)} aria-hidden />
        <div className="min-w-0 flex-1 text-sm">
          {title && <p className={cn('font-semibold', ink)}>{title}</p>}
          {children && <div className="text-ink/85">{children}</div>}
        </div>
      </div>
      {action}
    </div>
  )
}

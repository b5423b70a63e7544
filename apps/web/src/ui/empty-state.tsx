import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export type EmptyStateProps = {
  icon: LucideIcon
  title: string
  /** Teaches what belongs here and why it helps. */
  text: ReactNode
  /** The next step: a Button, at most two. */
  action?: ReactNode
  /** `inline` inside tables and cards. */
  size?: 'page' | 'inline'
  className?: string | undefined
}

/** A place with nothing in it yet: says what it is for and offers the next step. */
export function EmptyState({ icon: Icon, title, text, action, size = 'inline', className }: EmptyStateProps) {
  const Heading = size === 'page' ? 'h1' : 'h2'
  return (
    <div
      className={cn(
        'flex flex-col items-center justify-center px-6 text-center',
        size === 'page' ? 'py-20' : 'py-12',
        className,
      )}
    >
      <span className="flex size-12 items-center justify-center rounded-xl border border-line bg-sunken text-accent-ink">
        <Icon className="size-5.5" strokeWidth={1.75} aria-hidden />
      </span>
      <Heading className="mt-4 text-base font-semibold">{title}</Heading>
      <p className="mt-1 max-w-md text-sm text-pretty text-muted">{text}</p>
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import type { ReactNode } from 'react'

export type GroupProps = { label: ReactNode; hint?: ReactNode; children: ReactNode; className?: string }

/** Several controls under one name, which a Field cannot carry. */
export function Group({ label, hint, children, className = '' }: GroupProps) {
  const id = useId()
  return (
    <div
      role="group"
      aria-labelledby={id}
      aria-describedby={hint ? `${id}-hint` : undefined}
      className={`flex min-w-0 flex-col gap-1.5 ${className}`}
    >
      <span id={id} className="text-sm font-medium">
        {label}
      </span>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-subtle">
          {hint}
        </p>
      )}
    </div>
  )
}

/** What is wrong with a card as a whole, said where it can be put right. */
export function GapLine({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 text-xs font-medium text-danger-ink"
    >
      <span className="flex items-start gap-1.5">
        <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
        {children}
      </span>
      {action}
    </div>
  )
}

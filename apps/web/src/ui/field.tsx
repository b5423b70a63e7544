import { CircleAlert } from 'lucide-react'
import { useId, useMemo } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { FieldContext } from './field-context.ts'

export type FieldProps = {
  label: ReactNode
  children: ReactNode
  hint?: ReactNode
  /** A sentence that says what to change; the control turns to its error state. */
  error?: ReactNode
  optional?: boolean
  required?: boolean
  /** Keeps the label for assistive technology only. */
  hideLabel?: boolean
  /** Something at the right of the label: a link, a counter. */
  aside?: ReactNode
  className?: string | undefined
}

/** Label, control, hint and error as one thing. The control inside (Input, Select, …) finds its ids by itself. */
export function Field({
  label,
  children,
  hint,
  error,
  optional,
  required,
  hideLabel,
  aside,
  className,
}: FieldProps) {
  const { t } = useTranslation('ui')
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  const ids = useMemo(
    () => ({ id, describedBy, invalid: Boolean(error), required: Boolean(required) }),
    [id, describedBy, error, required],
  )
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className={cn('flex items-baseline justify-between gap-3', hideLabel && 'sr-only')}>
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {optional && <span className="ml-1.5 text-xs font-normal text-subtle">{t('field.optional')}</span>}
        </label>
        {aside && <span className="text-xs text-subtle">{aside}</span>}
      </div>
      <FieldContext value={ids}>{children}</FieldContext>
      {error && (
        <p
          id={`${id}-error`}
          role="alert"
          className="flex items-start gap-1.5 text-xs font-medium text-danger-ink"
        >
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-subtle">
          {hint}
        </p>
      )}
    </div>
  )
}

import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export type CheckboxProps = {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  /** Visible label; use `ariaLabel` where the place already says it (a table row). */
  label?: ReactNode
  hint?: ReactNode
  ariaLabel?: string
  disabled?: boolean
  id?: string
  className?: string | undefined
}

/** Yes or no that takes effect on saving. (A Switch takes effect at once.) */
export function Checkbox({
  checked,
  onCheckedChange,
  label,
  hint,
  ariaLabel,
  disabled,
  id,
  className,
}: CheckboxProps) {
  const ownId = useId()
  const boxId = id ?? ownId
  const box = (
    <Radix.Root
      id={boxId}
      checked={checked}
      onCheckedChange={(next) => onCheckedChange(next === true)}
      aria-label={ariaLabel}
      disabled={disabled ?? false}
      className="relative flex size-4.5 shrink-0 items-center justify-center rounded-xs border border-control bg-surface transition-colors before:absolute before:-inset-1.5 hover:border-ink disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
    >
      <Radix.Indicator className="text-on-accent">
        {checked === 'indeterminate' ? (
          <Minus className="size-3.5" strokeWidth={3} aria-hidden />
        ) : (
          <Check className="size-3.5" strokeWidth={3} aria-hidden />
        )}
      </Radix.Indicator>
    </Radix.Root>
  )
  if (!label) return <span className={cn('inline-flex', className)}>{box}</span>
  return (
    <div className={cn('flex items-start gap-2.5', className)}>
      <span className="mt-px flex">{box}</span>
      <label htmlFor={boxId} className="text-sm text-ink select-none">
        {label}
        {hint && <span className="mt-0.5 block text-xs text-subtle">{hint}</span>}
      </label>
    </div>
  )
}

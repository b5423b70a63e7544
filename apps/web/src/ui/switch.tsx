import { Switch as Radix } from 'radix-ui'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export type SwitchProps = {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  label?: ReactNode
  hint?: ReactNode
  ariaLabel?: string
  disabled?: boolean
  className?: string | undefined
}

/** On or off, at once. With a label it is a full row: words left, switch right. */
export function Switch({
  checked,
  onCheckedChange,
  label,
  hint,
  ariaLabel,
  disabled,
  className,
}: SwitchProps) {
  const id = useId()
  const control = (
    <Radix.Root
      id={id}
      checked={checked}
      onCheckedChange={onCheckedChange}
      aria-label={ariaLabel}
      disabled={disabled ?? false}
      className="relative inline-flex h-5.5 w-9.5 shrink-0 items-center rounded-full border border-transparent bg-control transition-colors disabled:opacity-50 data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-4 translate-x-0.75 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-4.5" />
    </Radix.Root>
  )
  if (!label) return control
  return (
    <div className={cn('flex items-start justify-between gap-4', className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink select-none">
        {label}
        {hint && <span className="mt-0.5 block text-xs font-normal text-subtle">{hint}</span>}
      </label>
      {control}
    </div>
  )
}

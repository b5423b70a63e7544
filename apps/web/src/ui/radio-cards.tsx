import { RadioGroup } from 'radix-ui'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export type RadioCard<V extends string> = {
  value: V
  title: string
  text?: ReactNode
  icon?: ReactNode
  /** Something small at the right of the title: a Badge. */
  aside?: ReactNode
  disabled?: boolean
}

export type RadioCardsProps<V extends string> = {
  options: readonly RadioCard<V>[]
  value: V | null
  onValueChange: (value: V) => void
  label: string
  columns?: 1 | 2 | 3
  className?: string | undefined
}

/** One of a few where each choice deserves a sentence (channel, schedule, purpose). Arrow keys move. */
export function RadioCards<V extends string>({
  options,
  value,
  onValueChange,
  label,
  columns = 2,
  className,
}: RadioCardsProps<V>) {
  const id = useId()
  return (
    <RadioGroup.Root
      value={value ?? ''}
      onValueChange={(next) => onValueChange(next as V)}
      aria-label={label}
      className={cn(
        'grid gap-3',
        columns === 2 && 'sm:grid-cols-2',
        columns === 3 && 'sm:grid-cols-2 lg:grid-cols-3',
        className,
      )}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          aria-labelledby={`${id}-${option.value}`}
          aria-describedby={option.text ? `${id}-${option.value}-text` : undefined}
          className="group flex items-start gap-3 rounded-lg border border-line-strong bg-surface p-4 text-left transition-colors hover:border-control disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
        >
          {option.icon && (
            <span
              className="mt-px flex text-subtle group-data-[state=checked]:text-accent-ink [&_svg]:size-5"
              aria-hidden
            >
              {option.icon}
            </span>
          )}
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span id={`${id}-${option.value}`} className="font-semibold">
                {option.title}
              </span>
              {option.aside}
            </span>
            {option.text && (
              <span id={`${id}-${option.value}-text`} className="mt-1 block text-xs text-muted">
                {option.text}
              </span>
            )}
          </span>
          <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-control group-data-[state=checked]:border-accent">
            <span className="size-2 scale-0 rounded-full bg-accent transition-transform group-data-[state=checked]:scale-100" />
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}

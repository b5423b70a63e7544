import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { useFieldProps } from './field-context.ts'
import { controlStyle } from './input.tsx'

export type Option<V extends string = string> = {
  value: V
  label: string
  /** A second, quieter line. */
  hint?: string | undefined
  icon?: ReactNode
  disabled?: boolean
}

export type SelectProps<V extends string> = {
  options: readonly Option<V>[]
  value: V | undefined
  onValueChange: (value: V) => void
  placeholder?: string
  disabled?: boolean
  /** Needed only outside a Field. */
  label?: string
  size?: 'sm' | 'md'
  className?: string | undefined
  id?: string
}

/** One of a few (up to about 12; use Combobox for more). */
export function Select<V extends string>(props: SelectProps<V>) {
  const { t } = useTranslation('ui')
  const { options, value, onValueChange, placeholder, disabled, label, size = 'md', className, id } = props
  const aria = useFieldProps({ id })
  return (
    <Radix.Root
      value={value ?? ''}
      onValueChange={(next) => onValueChange(next as V)}
      disabled={disabled ?? false}
    >
      <Radix.Trigger
        {...aria}
        aria-label={label}
        className={cn(
          controlStyle,
          'flex items-center justify-between gap-2 px-3 text-left whitespace-nowrap data-placeholder:text-subtle',
          size === 'sm' ? 'h-8 text-xs' : 'h-9',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder ?? t('combobox.choose')} />
        </span>
        <ChevronDown className="size-4 shrink-0 text-subtle" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-pop overflow-hidden rounded-lg border border-line bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Item key={option.value} option={option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Item({ option }: { option: Option }) {
  return (
    <Radix.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className="relative flex min-h-8 cursor-default flex-col justify-center rounded-sm py-1.5 pr-8 pl-2.5 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
    >
      <Radix.ItemText>
        <span className="flex items-center gap-2 [&_svg]:size-4">
          {option.icon}
          {option.label}
        </span>
      </Radix.ItemText>
      {option.hint && <span className="text-xs text-subtle">{option.hint}</span>}
      <Radix.ItemIndicator className="absolute right-2.5">
        <Check className="size-4 text-accent-ink" aria-hidden />
      </Radix.ItemIndicator>
    </Radix.Item>
  )
}

import { Command } from 'cmdk'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { useFieldProps } from './field-context.ts'
import { controlStyle } from './input.tsx'
import type { Option } from './select.tsx'

type Shared = {
  options: readonly Option[]
  placeholder?: string
  label?: string
  disabled?: boolean
  /** Given, the caller searches (on the server) and `options` is its answer; else options are filtered here. */
  onSearch?: (query: string) => void
  loading?: boolean
  className?: string | undefined
}
export type ComboboxProps = Shared &
  (
    | { multiple?: false; value: string | null; onValueChange: (value: string | null) => void }
    | { multiple: true; value: readonly string[]; onValueChange: (value: string[]) => void }
  )

/** One or several of many, with search. */
export function Combobox(props: ComboboxProps) {
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const aria = useFieldProps<{ id?: string }>({})
  const chosen = props.multiple ? props.value : props.value === null ? [] : [props.value]
  const names = chosen.map((value) => props.options.find((option) => option.value === value)?.label ?? value)
  const pick = (value: string) => {
    if (props.multiple) {
      props.onValueChange(
        chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value],
      )
      return
    }
    props.onValueChange(value === props.value ? null : value)
    setOpen(false)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        {...aria}
        role="combobox"
        aria-expanded={open}
        aria-label={props.label}
        disabled={props.disabled}
        className={cn(
          controlStyle,
          'flex min-h-9 items-center justify-between gap-2 px-3 py-1 text-left',
          props.className,
        )}
      >
        {names.length === 0 && (
          <span className="text-subtle">{props.placeholder ?? t('combobox.choose')}</span>
        )}
        {names.length > 0 && !props.multiple && <span className="truncate">{names[0]}</span>}
        {names.length > 0 && props.multiple && (
          <span className="flex flex-wrap gap-1">
            {names.map((name, index) => (
              <span key={chosen[index]} className="rounded-xs bg-sunken px-1.5 py-0.5 text-xs font-medium">
                {name}
              </span>
            ))}
          </span>
        )}
        <ChevronsUpDown className="size-4 shrink-0 text-subtle" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-pop rounded-lg border border-line bg-raised shadow-float"
        >
          <Choices {...props} chosen={chosen} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type ChoicesProps = Shared & { chosen: readonly string[]; onPick: (value: string) => void }

function Choices({ options, onSearch, chosen, onPick, loading }: ChoicesProps) {
  const { t } = useTranslation('ui')
  const [query, setQuery] = useState('')
  const search = (next: string) => {
    setQuery(next)
    onSearch?.(next)
  }
  return (
    <Command shouldFilter={!onSearch} className="flex flex-col">
      <div className="relative border-b border-line">
        <Command.Input
          value={query}
          onValueChange={search}
          placeholder={t('combobox.search')}
          className="h-9 w-full bg-transparent px-3 pr-9 text-sm outline-none max-sm:text-base"
        />
        {query && (
          <button
            type="button"
            aria-label={t('actions.clear')}
            className="absolute inset-y-0 right-0 flex w-9 items-center justify-center text-subtle hover:text-ink"
            onClick={() => search('')}
          >
            <X className="size-4" aria-hidden />
          </button>
        )}
      </div>
      <Command.List className="max-h-64 overflow-y-auto p-1" aria-busy={loading}>
        {!loading && (
          <Command.Empty className="px-3 py-6 text-center text-sm text-subtle">
            {t('combobox.none', { query })}
          </Command.Empty>
        )}
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={`${option.label} ${option.value}`}
            disabled={option.disabled ?? false}
            onSelect={() => onPick(option.value)}
            className="flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2.5 py-1.5 text-sm select-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover [&_svg]:size-4"
          >
            {option.icon}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{option.label}</span>
              {option.hint && <span className="block text-xs text-subtle">{option.hint}</span>}
            </span>
            {chosen.includes(option.value) && <Check className="text-accent-ink" aria-hidden />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}

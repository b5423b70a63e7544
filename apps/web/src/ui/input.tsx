import { Eye, EyeOff, Search, X } from 'lucide-react'
import { useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { useFieldProps } from './field-context.ts'

export const controlStyle =
  'w-full rounded-lg border border-control/60 bg-surface text-sm text-ink transition-colors hover:border-control focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-subtle aria-invalid:border-danger [&[readonly]]:bg-sunken'

export type InputProps = Omit<ComponentProps<'input'>, 'prefix'> & {
  /** Shown inside, before the text: an icon, `+62`. */
  prefix?: ReactNode
  suffix?: ReactNode
  /** Right-aligned tabular figures. */
  numeric?: boolean
}

/** One line of text. Inside a Field it takes its id, description and error state from there. */
export function Input({ prefix, suffix, numeric, className, ...rest }: InputProps) {
  const props = useFieldProps(rest)
  const input = (
    <input
      {...props}
      className={cn(
        controlStyle,
        'h-9 px-3 max-sm:text-base',
        numeric && 'text-right tabular-nums',
        prefix && 'pl-9',
        suffix && 'pr-9',
        className,
      )}
    />
  )
  if (!prefix && !suffix) return input
  return (
    <span className="relative block w-full">
      {prefix && (
        <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-subtle [&_svg]:size-4">
          {prefix}
        </span>
      )}
      {input}
      {suffix && (
        <span className="absolute inset-y-0 right-1 flex items-center text-subtle [&_svg]:size-4">
          {suffix}
        </span>
      )}
    </span>
  )
}

/** A password with a switch to see it. */
export function PasswordInput(props: Omit<InputProps, 'type' | 'suffix'>) {
  const { t } = useTranslation('ui')
  const [shown, setShown] = useState(false)
  return (
    <Input
      {...props}
      type={shown ? 'text' : 'password'}
      suffix={
        <button
          type="button"
          className="flex size-8 items-center justify-center rounded-md hover:text-ink"
          aria-label={shown ? t('field.hidePassword') : t('field.showPassword')}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </button>
      }
    />
  )
}

export type SearchInputProps = Omit<InputProps, 'prefix' | 'suffix' | 'type' | 'value' | 'onChange'> & {
  value: string
  onValueChange: (value: string) => void
  /** Read aloud; there is no visible label. */
  label: string
}

/** A search box with a clear button. Writing it to the URL is the caller's (`useUrlState` debounces). */
export function SearchInput({ value, onValueChange, label, className, ...rest }: SearchInputProps) {
  const { t } = useTranslation('ui')
  return (
    <span className={cn('relative block w-full sm:max-w-72', className)}>
      <Input
        {...rest}
        type="text"
        role="searchbox"
        inputMode="search"
        aria-label={label}
        placeholder={rest.placeholder ?? label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        prefix={<Search aria-hidden />}
        suffix={
          value && (
            <button
              type="button"
              aria-label={t('actions.clear')}
              className="flex size-8 items-center justify-center rounded-md hover:text-ink"
              onClick={() => onValueChange('')}
            >
              <X aria-hidden />
            </button>
          )
        }
      />
    </span>
  )
}

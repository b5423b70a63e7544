import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { PasswordInput } from './input.tsx'
import type { InputProps } from './input.tsx'
import { passwordStrength } from './password-strength.ts'
import type { PasswordStrength } from './password-strength.ts'

const looks: Record<PasswordStrength, { bars: number; fill: string }> = {
  short: { bars: 1, fill: 'bg-control' },
  weak: { bars: 1, fill: 'bg-failed-fill' },
  fair: { bars: 2, fill: 'bg-unknown-fill' },
  strong: { bars: 3, fill: 'bg-replied-fill' },
}

/** A password being chosen: with a switch to see it and a plain word about its strength. Inside a Field. */
export function NewPasswordInput({
  value,
  ...rest
}: Omit<InputProps, 'type' | 'suffix' | 'value'> & { value: string }) {
  const { t } = useTranslation('ui')
  const strength = passwordStrength(value)
  const { bars, fill } = looks[strength]
  return (
    <div className="flex flex-col gap-2">
      <PasswordInput {...rest} autoComplete="new-password" />
      <div className="flex items-center gap-3">
        <span className="flex flex-1 gap-1" aria-hidden>
          {[1, 2, 3].map((bar) => (
            <span
              key={bar}
              className={cn(
                'h-1 flex-1 rounded-full transition-colors',
                value && bar <= bars ? fill : 'bg-line',
              )}
            />
          ))}
        </span>
        <span className="text-xs text-subtle" aria-live="polite">
          {t(`password.${value ? strength : 'hint'}`)}
        </span>
      </div>
    </div>
  )
}

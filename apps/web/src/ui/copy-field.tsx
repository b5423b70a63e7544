import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { useFieldProps } from './field-context.ts'

export type CopyFieldProps = { value: string; label: string; mono?: boolean }

/** A value to take elsewhere (a link, a key shown once), with a copy button that says it worked. */
export function CopyField({ value, label, mono = true }: CopyFieldProps) {
  const { t } = useTranslation('ui')
  const [copied, setCopied] = useState(false)
  const aria = useFieldProps<{ id?: string }>({})
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setCopied(true)
  }
  return (
    <div className="flex min-w-0 gap-2">
      <input
        {...aria}
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.target.select()}
        className={`h-9 min-w-0 flex-1 rounded-lg border border-line-strong bg-sunken px-3 text-ink ${mono ? 'font-mono text-xs' : 'text-sm'}`}
      />
      <Button onClick={() => void copy()} icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}>
        <span aria-live="polite">{copied ? t('actions.copied') : t('actions.copy')}</span>
      </Button>
    </div>
  )
}

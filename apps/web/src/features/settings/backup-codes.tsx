import { Check, Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'

/** The backup codes, shown once: to copy, to download, to write down. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation(['settings', 'ui'])
  const [copied, setCopied] = useState(false)
  const text = codes.join('\n')
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  const save = () => {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), {
      href: url,
      download: `${t('twoFactor.fileName')}.txt`,
    }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <div className="flex flex-col gap-3 pb-2">
      <ul
        aria-label={t('twoFactor.codesTitle')}
        className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-lg border border-line bg-sunken px-5 py-4 font-mono text-sm tabular-nums"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          onClick={() => void copy()}
        >
          <span aria-live="polite">{copied ? t('ui:actions.copied') : t('ui:actions.copy')}</span>
        </Button>
        <Button size="sm" icon={<Download aria-hidden />} onClick={save}>
          {t('twoFactor.download')}
        </Button>
      </div>
    </div>
  )
}

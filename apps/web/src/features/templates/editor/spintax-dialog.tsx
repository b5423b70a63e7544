import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Input } from '#ui/input.tsx'
import { buildChoice } from './spintax-text.ts'

const alternativesMax = 20

export type SpintaxDialogProps = {
  /** What is there already, or the selected words as the first way to say it. */
  start: readonly string[]
  onDone: (text: string) => void
  onClose: () => void
}

/** Several ways to say the same: each message takes one of them. */
export function SpintaxDialog({ start, onDone, onClose }: SpintaxDialogProps) {
  const { t } = useTranslation('templates')
  const { t: ui } = useTranslation('ui')
  const [ways, setWays] = useState<readonly string[]>(() =>
    [...start, '', ''].slice(0, Math.max(2, start.length)),
  )
  const filled = ways.filter((way) => way.trim() !== '')
  const text = buildChoice(ways)
  const change = (index: number, value: string) =>
    setWays((before) => before.map((way, at) => (at === index ? value : way)))
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={t('spintax.title')}
      text={t('spintax.text')}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button
            tone="primary"
            disabled={filled.length === 0 || ways.length < 2}
            onClick={() => onDone(text)}
          >
            {t('spintax.insert')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {ways.map((way, index) => (
          <div key={index} className="flex items-center gap-1">
            <Input
              aria-label={t('spintax.way', { number: index + 1 })}
              placeholder={t(index === 0 ? 'spintax.first' : 'spintax.other')}
              value={way}
              autoFocus={index === 0}
              onChange={(event) => change(index, event.target.value)}
            />
            <IconButton
              label={t('takeOut', { name: t('spintax.way', { number: index + 1 }) })}
              icon={<X aria-hidden />}
              disabled={ways.length <= 2}
              onClick={() => setWays(ways.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <div>
          <Button
            size="sm"
            tone="ghost"
            icon={<Plus aria-hidden />}
            disabled={ways.length >= alternativesMax}
            onClick={() => setWays([...ways, ''])}
          >
            {t('spintax.add')}
          </Button>
        </div>
        <p className="text-xs text-subtle">{t('spintax.hint')}</p>
        <code className="block rounded-lg bg-sunken px-3 py-2 font-mono text-xs break-words">{text}</code>
      </div>
    </Dialog>
  )
}

import { FileUp } from 'lucide-react'
import { useId, useState } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { isAccepted } from './accepted-file.ts'
import { cn } from './cn.ts'

export type FileDropProps = {
  onFiles: (files: File[]) => void
  /** As in `<input accept>`: `.csv,.txt,image/*`. Checked for dropped files too. */
  accept?: string
  multiple?: boolean
  sizeBytesMax?: number
  hint?: ReactNode
  disabled?: boolean
  label: string
}

/** Takes files by drop, click, Enter or Space. Refuses wrong kinds and sizes with a sentence before anything is sent. */
export function FileDrop({ onFiles, accept, multiple, sizeBytesMax, hint, disabled, label }: FileDropProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const id = useId()
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].slice(0, multiple ? undefined : 1)
    const wrong = files.find((file) => !isAccepted(file, accept))
    const big = files.find((file) => sizeBytesMax !== undefined && file.size > sizeBytesMax)
    setProblem(
      wrong
        ? t('file.wrongKind', { name: wrong.name })
        : big
          ? t('file.tooBig', { name: big.name, limit: format.bytes(sizeBytesMax ?? 0) })
          : null,
    )
    if (!wrong && !big && files.length > 0) onFiles(files)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!disabled) take(event.dataTransfer.files)
  }
  return (
    <div>
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'flex cursor-pointer flex-col items-center rounded-lg border border-dashed border-control/70 bg-surface px-6 py-9 text-center transition-colors hover:border-accent hover:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
          over && 'border-accent bg-accent-soft',
          disabled && 'pointer-events-none opacity-50',
        )}
      >
        <span className="flex size-10 items-center justify-center rounded-lg bg-accent-soft text-accent-ink">
          <FileUp className="size-5" aria-hidden />
        </span>
        <span className="mt-3 font-semibold">
          {over ? t('file.release') : multiple ? t('file.dropMany') : t('file.drop')}
        </span>
        <span className="mt-1 text-xs text-subtle">
          {hint}
          {hint && sizeBytesMax !== undefined && ' · '}
          {sizeBytesMax !== undefined && t('file.limit', { limit: format.bytes(sizeBytesMax) })}
        </span>
        <input
          id={id}
          type="file"
          className="sr-only"
          aria-label={label}
          accept={accept}
          multiple={multiple}
          disabled={disabled}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      </label>
      {problem && (
        <p role="alert" className="mt-2 text-xs font-medium text-danger-ink">
          {problem}
        </p>
      )}
    </div>
  )
}

import type { Import } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { useNavigate } from '@tanstack/react-router'
import { Download, FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { upload } from '#app/upload.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { ProgressBar } from '#ui/progress-bar.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { ImportFrame } from './import-frame.tsx'
import { SenderSource } from './sender-source.tsx'
import { sampleContacts } from './sample-contacts.ts'

/** The first step of an import: a file, pasted rows, or people a number knows. Nothing is imported by it. */
export function ImportNewPage() {
  const navigate = useNavigate()
  const open = (created: Import) =>
    void navigate({ to: '/contacts/imports/$importId', params: { importId: created.id } })
  return (
    <ImportFrame step="file">
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <FileSource onUploaded={open} />
          <PasteSource onUploaded={open} />
          <SenderSource onTaken={open} />
        </div>
        <Guide />
      </div>
    </ImportFrame>
  )
}

type SourceProps = { onUploaded: (created: Import) => void }

const acceptedFiles = [
  ...['.csv', '.txt', '.tsv', '.xlsx', '.vcf', '.vcard', 'text/csv', 'text/plain', 'text/vcard'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
].join(',')

function FileSource({ onUploaded }: SourceProps) {
  const { t } = useTranslation('imports')
  const [sending, setSending] = useState<{ name: string; ratio: number } | null>(null)
  const send = async (file: File) => {
    setSending({ name: file.name, ratio: 0 })
    try {
      const onProgress = (ratio: number) => setSending({ name: file.name, ratio })
      const idempotencyKey = newIdempotencyKey()
      onUploaded(await upload(importOperations.upload, { file, idempotencyKey, onProgress }))
    } catch (error) {
      toastProblem(error)
    } finally {
      setSending(null)
    }
  }
  if (sending) {
    return (
      <Card>
        <ProgressBar
          ratio={sending.ratio < 1 ? sending.ratio : null}
          label={t('source.sending', { file: sending.name })}
        />
      </Card>
    )
  }
  return (
    <FileDrop
      label={t('source.file')}
      accept={acceptedFiles}
      hint={t('source.kinds')}
      onFiles={([file]) => file && void send(file)}
    />
  )
}

function PasteSource({ onUploaded }: SourceProps) {
  const { t } = useTranslation('imports')
  const [{ sample }] = useUrlState({ sample: '' })
  const [text, setText] = useState(sample ? sampleContacts : '')
  const paste = useAction(importOperations.paste, { onSuccess: onUploaded, invalidates: ['imports.list'] })
  return (
    <Card
      title={t('source.pasteTitle')}
      text={t('source.pasteText')}
      aside={
        <Button
          size="sm"
          tone="ghost"
          icon={<FlaskConical aria-hidden />}
          onClick={() => setText(sampleContacts)}
        >
          {t('source.useSample')}
        </Button>
      }
    >
      <Field label={t('source.rows')} hideLabel>
        <Textarea
          value={text}
          rows={8}
          spellCheck={false}
          placeholder={t('source.placeholder')}
          onChange={(event) => setText(event.target.value)}
          className="max-h-96 font-mono text-xs max-sm:text-sm"
        />
      </Field>
      <div className="mt-3 flex justify-end">
        <Button
          tone={text.trim() ? 'primary' : 'secondary'}
          disabled={!text.trim()}
          busy={paste.isPending}
          onClick={() => paste.mutate({ body: { text }, idempotencyKey: newIdempotencyKey() })}
        >
          {t('source.continue')}
        </Button>
      </div>
    </Card>
  )
}

const guidePoints = ['header', 'number', 'any', 'safe'] as const

function Guide() {
  const { t } = useTranslation('imports')
  const save = () => {
    const url = URL.createObjectURL(new Blob([sampleContacts], { type: 'text/csv' }))
    Object.assign(document.createElement('a'), { href: url, download: t('guide.fileName') }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Card title={t('guide.title')}>
      <ul className="flex list-disc flex-col gap-2 pl-4 text-muted marker:text-subtle">
        {guidePoints.map((point) => (
          <li key={point}>{t(`guide.${point}`)}</li>
        ))}
      </ul>
      <Button size="sm" className="mt-4" icon={<Download aria-hidden />} onClick={save}>
        {t('guide.download')}
      </Button>
    </Card>
  )
}

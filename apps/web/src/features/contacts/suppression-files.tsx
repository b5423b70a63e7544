import type { ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { Download } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { Input } from '#ui/input.tsx'
import { Textarea } from '#ui/textarea.tsx'

type Result = ResponseOf<typeof contactOperations.importSuppressions>

const bytesMax = 3_000_000

/** Saves the whole list as CSV. */
export function ExportSuppressions() {
  const { t } = useTranslation('contacts')
  const [busy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    download(contactOperations.exportSuppressions, {}, `${t('suppression.exportName')}.csv`)
      .catch(toastProblem)
      .finally(() => setBusy(false))
  }
  return (
    <Button icon={<Download aria-hidden />} busy={busy} onClick={save}>
      {t('suppression.export')}
    </Button>
  )
}

/** Takes a file or pasted numbers; then says what became of each line. */
export function ImportSuppressionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const formId = useId()
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [result, setResult] = useState<Result | null>(null)
  const take = useAction(contactOperations.importSuppressions, {
    invalidates: ['suppressions.', 'contacts.'],
    onSuccess: setResult,
  })
  const isEmpty = text.trim().length < 3
  const send = () => {
    setTried(true)
    if (!isEmpty) take.mutate({ body: { text, note }, idempotencyKey: newIdempotencyKey() })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('suppression.import')}
      text={result ? undefined : t('suppression.importText')}
      footer={
        result ? (
          <Button tone="primary" onClick={onClose}>
            {t('suppression.importDone')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui('actions.cancel')}</Button>
            <Button type="submit" form={formId} tone="primary" busy={take.isPending}>
              {t('suppression.importConfirm')}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <ImportResult result={result} />
      ) : (
        <form
          id={formId}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <FileDrop
            label={t('suppression.importFile')}
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            sizeBytesMax={bytesMax}
            hint={t('suppression.importKinds')}
            onFiles={([file]) => file && void readText(file).then(setText, toastProblem)}
          />
          <Field
            label={t('suppression.importPaste')}
            error={tried && isEmpty ? t('suppression.importEmpty') : undefined}
          >
            <Textarea
              value={text}
              rows={5}
              spellCheck={false}
              placeholder={t('suppression.importPlaceholder')}
              onChange={(event) => setText(event.target.value)}
              className="max-h-60 font-mono text-xs max-sm:text-sm"
            />
          </Field>
          <Field label={t('suppression.importNote')} optional>
            <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </Field>
        </form>
      )}
    </Dialog>
  )
}

function ImportResult({ result: { added, already, repeated, rejected, rejects } }: { result: Result }) {
  const { t } = useTranslation('contacts')
  return (
    <div className="flex flex-col gap-3" role="status">
      <p className="font-semibold">{t('suppression.importAdded', { count: added })}</p>
      {already > 0 && <p className="text-muted">{t('suppression.importAlready', { count: already })}</p>}
      {repeated > 0 && <p className="text-muted">{t('suppression.importRepeated', { count: repeated })}</p>}
      {rejected > 0 && (
        <>
          <p className="text-warn-ink">{t('suppression.importRejected', { count: rejected })}</p>
          <ul className="flex max-h-60 flex-col gap-2 overflow-y-auto rounded-lg border border-line p-3 text-sm">
            {rejects.map(({ row, text, reason }) => (
              <li key={row}>
                <span className="text-subtle tabular-nums">{t('suppression.importRow', { row })}</span>{' '}
                <span className="font-mono break-all">{text}</span>
                <p className="text-xs text-muted">{reason}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Excel saves text as UTF-16 on request; its first two bytes tell. */
async function readText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

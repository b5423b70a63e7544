import { egressOperations } from '@siar/contract'
import type { ResponseOf } from '@siar/contract'
import { proxySchemes } from '@siar/domain'
import type { ProxyScheme } from '@siar/domain'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { Select } from '#ui/select.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { toast } from '#ui/toast.ts'
import { DescribedFields } from './described-fields.tsx'
import type { Described } from './described-fields.tsx'
import { ListPreview } from './list-preview.tsx'
import { moneyText, readMoney } from './money-text.ts'

type Draft = Described & { text: string; scheme: ProxyScheme }
type Preview = ResponseOf<typeof egressOperations.previewList>

const textMax = 200_000

const blank: Draft = {
  text: '',
  scheme: 'http',
  class: 'datacenter',
  provider: 'own',
  country: null,
  cost: { text: moneyText(null), currency: 'USD' },
}

/** Brings many proxies at once: a pasted list or a file, looked through before anything is kept. */
export function ListSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['egress', 'ui'])
  const [draft, setDraft] = useState(blank)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [key] = useState(() => crypto.randomUUID())
  const cost = readMoney(draft.cost.text, draft.cost.currency)
  const { cost: _, ...rest } = draft
  const body = { ...rest, monthlyCost: cost ?? null }
  const look = useAction(egressOperations.previewList, { onSuccess: setPreview })
  const bring = useAction(egressOperations.importList, {
    invalidates: ['proxies.', 'egress.', 'senders.'],
    onSuccess: ({ added }) => {
      toast.success(t('egress:list.done', { count: added }))
      onClose()
    },
  })
  const isReady = draft.text.trim() !== '' && draft.text.length <= textMax && cost !== undefined
  return (
    <Sheet
      open
      width="lg"
      onOpenChange={onClose}
      title={t('egress:list.title')}
      text={t('egress:list.text')}
      footer={
        preview ? (
          <>
            <Button onClick={() => setPreview(null)}>{t('ui:actions.back')}</Button>
            <Button
              tone="primary"
              busy={bring.isPending}
              disabled={preview.good === 0}
              onClick={() => bring.mutate({ body, idempotencyKey: key })}
            >
              {t('egress:list.add', { count: preview.good })}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
            <Button
              tone="primary"
              busy={look.isPending}
              disabled={!isReady}
              onClick={() => look.mutate({ body })}
            >
              {t('egress:list.look')}
            </Button>
          </>
        )
      }
    >
      {preview ? (
        <ListPreview preview={preview} />
      ) : (
        <ListFields draft={draft} onChange={setDraft} costWrong={cost === undefined} />
      )}
    </Sheet>
  )
}

type ListFieldsProps = { draft: Draft; onChange: (draft: Draft) => void; costWrong: boolean }

function ListFields({ draft, onChange, costWrong }: ListFieldsProps) {
  const { t } = useTranslation('egress')
  const read = async ([file]: File[]) => {
    if (file) onChange({ ...draft, text: await file.text() })
  }
  return (
    <div className="flex flex-col gap-5">
      <Field
        label={t('list.lines')}
        hint={t('list.linesHint')}
        error={draft.text.length > textMax && t('list.tooLong')}
      >
        <Textarea
          rows={8}
          spellCheck={false}
          className="max-h-80 font-mono text-xs"
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </Field>
      <FileDrop
        label={t('list.file')}
        accept=".txt,.csv,text/plain,text/csv"
        sizeBytesMax={textMax}
        onFiles={(files) => void read(files)}
      />
      <Field label={t('form.scheme')} hint={t('list.schemeHint')}>
        <Select
          value={draft.scheme}
          onValueChange={(scheme) => onChange({ ...draft, scheme })}
          options={proxySchemes.map((value) => ({ value, label: t(`schemes.${value}`) }))}
        />
      </Field>
      <DescribedFields
        draft={draft}
        onChange={(next) => onChange({ ...draft, ...next })}
        costWrong={costWrong}
      />
    </div>
  )
}

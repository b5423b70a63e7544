import type { BodyInput } from '@siar/contract'
import { CONTACT_COLUMNS, contactExportOperations, contactOperations } from '@siar/contract'
import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'

type Request = BodyInput<typeof contactExportOperations.exportFile>
type Column = Request['columns'][number]
type Format = 'csv' | 'xlsx'

export type ExportContactsProps = {
  selection: Request['selection']
  total: { count: number; isExact: boolean } | null
  /** A button with its word, among the actions for chosen people. */
  withText?: boolean
}

/** What the import takes back, and what people agreed to. */
const usual: ReadonlySet<string> = new Set([
  'fullName',
  'phone',
  'otherPhones',
  'whatsappId',
  'email',
  'company',
  'language',
  'consent',
  'suppressed',
  'tags',
  'notes',
])

/** Opens the choice of columns and saves the file. Shown to those who may export personal data. */
export function ExportContacts({ selection, total, withText = false }: ExportContactsProps) {
  const { t } = useTranslation('contacts')
  const [open, setOpen] = useState(false)
  if (!useCan()('data.export')) return null
  const icon = <Download aria-hidden />
  return (
    <>
      {withText ? (
        <Button size="sm" icon={icon} onClick={() => setOpen(true)}>
          {t('export.action')}
        </Button>
      ) : (
        <IconButton tone="outline" label={t('export.action')} icon={icon} onClick={() => setOpen(true)} />
      )}
      {open && <ExportDialog selection={selection} total={total} onClose={() => setOpen(false)} />}
    </>
  )
}

type ExportDialogProps = Pick<ExportContactsProps, 'selection' | 'total'> & { onClose: () => void }

function ExportDialog({ selection, total, onClose }: ExportDialogProps) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const [format, setFormat] = useState<Format>('csv')
  const all = useColumnNames()
  const [unusual, setUnusual] = useState<ReadonlySet<string>>(new Set())
  const chosen = all.filter(({ id }) => isUsual(id) !== unusual.has(id))
  const saving = useSaving(onClose)
  const count = total?.count ?? 0
  const save = () =>
    saving.start(
      { selection, format, columns: chosen.map(({ id }) => id) },
      `${t('export.fileName')}.${format}`,
    )
  const choose = (wanted: boolean) =>
    setUnusual(new Set(all.filter(({ id }) => isUsual(id) !== wanted).map(({ id }) => id)))
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(next) => !next && onClose()}
      title={t(total && !total.isExact ? 'export.titleMore' : 'export.title', { count })}
      text={t('export.text')}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button tone="primary" busy={saving.busy} disabled={chosen.length === 0} onClick={save}>
            {t('export.submit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('export.format')}
          value={format}
          onValueChange={setFormat}
          options={[
            { value: 'csv', title: t('export.csv'), text: t('export.csvText') },
            { value: 'xlsx', title: t('export.xlsx'), text: t('export.xlsxText') },
          ]}
        />
        <fieldset className="flex flex-col gap-3">
          <div className="flex items-center justify-between gap-3">
            <legend className="float-left text-sm font-semibold">{t('export.columns')}</legend>
            <span className="flex gap-1">
              <Button size="sm" tone="ghost" onClick={() => choose(true)}>
                {t('export.all')}
              </Button>
              <Button size="sm" tone="ghost" onClick={() => choose(false)}>
                {t('export.none')}
              </Button>
            </span>
          </div>
          <div className="grid grid-cols-2 gap-x-4 gap-y-2.5 sm:grid-cols-3">
            {all.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={isUsual(id) !== unusual.has(id)}
                onCheckedChange={() => setUnusual(toggled(unusual, id))}
                className="min-w-0 break-words"
              />
            ))}
          </div>
        </fieldset>
        <p className="min-h-5 text-xs text-subtle" role="status">
          {saving.busy ? t('export.wait') : chosen.length === 0 && t('export.noColumn')}
        </p>
      </div>
    </Dialog>
  )
}

const isUsual = (id: string): boolean => usual.has(id) || id.startsWith('custom:')

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

function useColumnNames(): { id: Column; name: string }[] {
  const { t } = useTranslation('contacts')
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  return [
    ...CONTACT_COLUMNS.map((id) => ({ id, name: t(`export.names.${id}`) })),
    ...(fields.data?.data ?? []).map(({ key, label }) => ({ id: `custom:${key}`, name: label })),
  ]
}

/** A download that closing the dialog stops. */
function useSaving(onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = (body: Request, fileName: string) => {
    const controller = new AbortController()
    running.current = controller
    setBusy(true)
    download(contactExportOperations.exportFile, { body, signal: controller.signal }, fileName)
      .then(onDone)
      .catch((error: unknown) => {
        if (!controller.signal.aborted) toastProblem(error)
      })
      .finally(() => setBusy(false))
  }
  return { busy, start }
}

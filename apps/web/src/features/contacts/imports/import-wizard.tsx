import type { Import, ImportOptions } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { ForbiddenScreen } from '#app/screens/forbidden-screen.tsx'
import { useFormat } from '#i18n/format.ts'
import { useUrlState } from '#ui/url-state.ts'
import { ImportConsent } from './import-consent.tsx'
import { ImportFrame } from './import-frame.tsx'
import { ImportMapping } from './import-mapping.tsx'
import { ImportPreview } from './import-preview.tsx'
import { mappingProblem } from './import-targets.ts'

const wizardSteps = ['columns', 'check', 'consent'] as const
/** What came as a file and has its size. */
const fileFormats: ReadonlySet<Import['format']> = new Set(['csv', 'txt', 'xlsx', 'google', 'vcard'])
type WizardStep = (typeof wizardSteps)[number]

/** Everything that is decided before an import runs: columns, a look at the rows, consent and groups. */
export function ImportWizard({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const format = useFormat()
  const [url, setUrl] = useUrlState({ step: 'columns' })
  const [options, setOptions] = useState<ImportOptions>(() => startOptions(data))
  const [idempotencyKey] = useState(newIdempotencyKey)
  const start = useAction(importOperations.start, { invalidates: ['imports.'] })
  const isMapped = mappingProblem(options.mapping) === null
  const wanted = wizardSteps.find((step) => step === url.step) ?? 'columns'
  const step: WizardStep = isMapped ? wanted : 'columns'
  const go = (next: WizardStep) => {
    setUrl({ step: next })
    globalThis.scrollTo({ top: 0 })
  }
  if (!can('contacts.write')) return <ForbiddenScreen />
  const change = (patch: Partial<ImportOptions>) => setOptions((before) => ({ ...before, ...patch }))
  return (
    <ImportFrame
      step={step}
      aside={
        <span className="max-w-full truncate text-muted">
          {data.format === 'paste' ? t('source.pasted') : data.fileName}
          {fileFormats.has(data.format) && ` · ${format.bytes(data.sizeBytes)}`}
        </span>
      }
      canGo={(id) => isMapped && wizardSteps.some((known) => known === id)}
      onGo={(id) => go(wizardSteps.find((known) => known === id) ?? 'columns')}
    >
      {step === 'columns' && (
        <ImportMapping data={data} options={options} onChange={change} onNext={() => go('check')} />
      )}
      {step === 'check' && (
        <ImportPreview
          data={data}
          options={options}
          onBack={() => go('columns')}
          onNext={() => go('consent')}
        />
      )}
      {step === 'consent' && (
        <ImportConsent
          data={data}
          options={options}
          onChange={change}
          onBack={() => go('check')}
          busy={start.isPending}
          onStart={() => start.mutate({ params: { importId: data.id }, body: options, idempotencyKey })}
        />
      )}
    </ImportFrame>
  )
}

function startOptions({ options, layout }: Import): ImportOptions {
  if (options) return options
  return {
    mapping: layout.columns.map((column) => column.guess),
    hasHeader: layout.hasHeader,
    consentWording: '',
    existing: 'fill_empty',
    listIds: [],
    newListName: '',
    tagIds: [],
  }
}

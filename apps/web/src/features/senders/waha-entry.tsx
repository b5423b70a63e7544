import type { BodyInput, senderOperations } from '@siar/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useZodForm } from '#ui/form.tsx'
import { useFieldRules } from './access-fields.tsx'
import { CheckedEntry } from './checked-entry.tsx'
import { wahaSchema } from './entry-schema.ts'

type Entered = z.output<ReturnType<typeof wahaSchema>>

function toBody({ name, since, settings, secrets }: Entered) {
  return {
    name,
    channel: 'waha',
    settings,
    secrets,
    numberSince: since || null,
  } as const satisfies BodyInput<typeof senderOperations.create>
}

/** A session on a WAHA server of one's own. */
export function WahaEntry() {
  const { t } = useTranslation('connect')
  const rules = useFieldRules()
  const schema = useMemo(() => wahaSchema(rules), [rules])
  const form = useZodForm(schema, {
    name: '',
    since: '',
    settings: { waha: { baseUrl: '', session: '' } },
    secrets: { waha: { apiKey: '' } },
  })
  return (
    <CheckedEntry
      channel="waha"
      form={form}
      toBody={toBody}
      title={t('access.wahaTitle')}
      text={t('access.wahaText')}
      asksAge
    />
  )
}

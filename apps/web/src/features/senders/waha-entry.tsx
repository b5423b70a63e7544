import type { BodyInput, senderOperations } from '@siar/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Card } from '#ui/card.tsx'
import { useZodForm } from '#ui/form.tsx'
import { AccessFields, useFieldRules } from './access-fields.tsx'
import { EntryFrame, NameFields, useCreateSender } from './entry-frame.tsx'
import { wahaSchema } from './entry-schema.ts'
import { useAccessCheck } from './use-access-check.ts'

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
  const check = useAccessCheck('waha', form)
  const create = useCreateSender(form)
  const tryOut = form.handleSubmit((entered) => void check.run(toBody(entered)))
  const submit = form.handleSubmit(async (entered) => {
    const body = toBody(entered)
    if (await check.run(body)) create.mutate({ body })
  })
  return (
    <EntryFrame
      onSubmit={submit}
      isBusy={create.isPending}
      submit={t('submit.check')}
      tryOut={{ checks: check.checks, isBusy: check.isBusy, onTry: () => void tryOut() }}
    >
      <NameFields form={form} asksAge />
      <Card title={t('access.wahaTitle')} text={t('access.wahaText')}>
        <AccessFields channel="waha" form={form} />
      </Card>
    </EntryFrame>
  )
}

import type { BodyInput, senderOperations } from '@siar/contract'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Card } from '#ui/card.tsx'
import { useZodForm } from '#ui/form.tsx'
import { AccessFields, useFieldRules } from './access-fields.tsx'
import { EntryFrame, NameFields, useCreateSender } from './entry-frame.tsx'
import { cloudApiSchema, newVerifyToken } from './entry-schema.ts'
import { rememberVerifyToken } from './verify-token.ts'
import { useAccessCheck } from './use-access-check.ts'

type Entered = z.output<ReturnType<typeof cloudApiSchema>>

function toBody({ name, settings, secrets }: Entered) {
  const { appId, ...ids } = settings.cloud_api
  return {
    name,
    channel: 'cloud_api',
    settings: { cloud_api: { ...ids, appId: appId || null } },
    secrets,
  } as const satisfies BodyInput<typeof senderOperations.create>
}

/** A number of Meta's own service: ids and secrets, each tried live before it is kept. */
export function CloudApiEntry() {
  const { t } = useTranslation('connect')
  const rules = useFieldRules()
  const schema = useMemo(() => cloudApiSchema(rules), [rules])
  const [verifyToken] = useState(newVerifyToken)
  const form = useZodForm(schema, {
    name: '',
    settings: { cloud_api: { phoneNumberId: '', wabaId: '', appId: '' } },
    secrets: { cloud_api: { accessToken: '', appSecret: '', verifyToken } },
  })
  const check = useAccessCheck('cloud_api', form)
  const create = useCreateSender(form, (senderId) =>
    rememberVerifyToken(senderId, form.getValues('secrets.cloud_api.verifyToken').trim()),
  )
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
      <NameFields form={form} />
      <Card title={t('access.cloudTitle')} text={t('access.cloudText')}>
        <AccessFields channel="cloud_api" form={form} />
      </Card>
    </EntryFrame>
  )
}

import type { BodyInput, senderOperations } from '@siar/contract'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useZodForm } from '#ui/form.tsx'
import { useFieldRules } from './access-fields.tsx'
import { CheckedEntry } from './checked-entry.tsx'
import { cloudApiSchema, newVerifyToken } from './entry-schema.ts'
import { rememberVerifyToken } from './verify-token.ts'

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
  return (
    <CheckedEntry
      channel="cloud_api"
      form={form}
      toBody={toBody}
      title={t('access.cloudTitle')}
      text={t('access.cloudText')}
      onCreated={(senderId) =>
        rememberVerifyToken(senderId, form.getValues('secrets.cloud_api.verifyToken').trim())
      }
    />
  )
}

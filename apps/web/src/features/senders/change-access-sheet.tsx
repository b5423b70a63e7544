import { senderOperations } from '@siar/contract'
import type { BodyInput, Sender } from '@siar/contract'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { useZodForm } from '#ui/form.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { toast } from '#ui/toast.ts'
import { AccessFields, useFieldRules } from './access-fields.tsx'
import { cloudApiChangeSchema, filled, wahaChangeSchema } from './entry-schema.ts'
import { rememberVerifyToken } from './verify-token.ts'
import { useAccessProblem } from './use-access-check.ts'

export type ChangeAccessSheetProps = { sender: Sender; onClose: () => void }
type Change = Pick<BodyInput<typeof senderOperations.update>, 'settings' | 'secrets'>

/** Enters new secrets or ids; they are tried live together with what is kept before anything changes. */
export function ChangeAccessSheet(props: ChangeAccessSheetProps) {
  return props.sender.channel === 'cloud_api' ? <ChangeCloudApi {...props} /> : <ChangeWaha {...props} />
}

function useChange<F extends FieldValues, C, O>(
  { sender, onClose }: ChangeAccessSheetProps,
  form: UseFormReturn<F, C, O>,
) {
  const { t } = useTranslation('connect')
  const onProblem = useAccessProblem(form)
  const update = useAction(senderOperations.update, {
    invalidates: ['senders.'],
    onSuccess: () => {
      toast.success(t('change.saved'))
      onClose()
    },
    onProblem,
  })
  const save = (body: Change) => update.mutate({ params: { senderId: sender.id }, body })
  return { save, isBusy: update.isPending }
}

function ChangeCloudApi(props: ChangeAccessSheetProps) {
  const { sender } = props
  const rules = useFieldRules()
  const schema = useMemo(() => cloudApiChangeSchema(rules), [rules])
  const { cloud_api: kept } = sender.settings
  const form = useZodForm(schema, {
    settings: {
      cloud_api: {
        phoneNumberId: kept?.phoneNumberId ?? '',
        wabaId: kept?.wabaId ?? '',
        appId: kept?.appId ?? '',
      },
    },
    secrets: { cloud_api: { accessToken: '', appSecret: '', verifyToken: '' } },
  })
  const { save, isBusy } = useChange(props, form)
  const submit = form.handleSubmit(({ settings, secrets }) => {
    const { appId, ...ids } = settings.cloud_api
    const { verifyToken } = secrets.cloud_api
    if (verifyToken !== '') rememberVerifyToken(sender.id, verifyToken)
    save({
      settings: { ...sender.settings, cloud_api: { ...kept, ...ids, appId: appId || null } },
      secrets: { cloud_api: filled(secrets.cloud_api) },
    })
  })
  return (
    <ChangeFrame onClose={props.onClose} onSubmit={submit} isBusy={isBusy}>
      <AccessFields channel="cloud_api" form={form} isChange />
    </ChangeFrame>
  )
}

function ChangeWaha(props: ChangeAccessSheetProps) {
  const { sender } = props
  const rules = useFieldRules()
  const schema = useMemo(() => wahaChangeSchema(rules), [rules])
  const { waha: kept } = sender.settings
  const form = useZodForm(schema, {
    settings: { waha: { baseUrl: kept?.baseUrl ?? '', session: kept?.session ?? '' } },
    secrets: { waha: { apiKey: '' } },
  })
  const { save, isBusy } = useChange(props, form)
  const submit = form.handleSubmit(({ settings, secrets }) =>
    save({
      settings: { ...sender.settings, waha: { ...kept, ...settings.waha } },
      secrets: { waha: filled(secrets.waha) },
    }),
  )
  return (
    <ChangeFrame onClose={props.onClose} onSubmit={submit} isBusy={isBusy}>
      <AccessFields channel="waha" form={form} isChange />
    </ChangeFrame>
  )
}

type ChangeFrameProps = {
  onClose: () => void
  onSubmit: () => Promise<void>
  isBusy: boolean
  children: ReactNode
}

function ChangeFrame({ onClose, onSubmit, isBusy, children }: ChangeFrameProps) {
  const { t } = useTranslation('connect')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('change.title')}
      text={t('change.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="primary" busy={isBusy} onClick={() => void onSubmit()}>
            {t('change.save')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void onSubmit()
        }}
        noValidate
      >
        {children}
      </form>
    </Sheet>
  )
}

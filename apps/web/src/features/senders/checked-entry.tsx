import type { BodyInput, ChannelWithAccess, senderOperations } from '@siar/contract'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { AccessFields } from './access-fields.tsx'
import { EntryFrame, NameFields, useCreateSender } from './entry-frame.tsx'
import { useAccessCheck } from './use-access-check.ts'

export type CheckedEntryProps<F extends FieldValues, C, O> = {
  channel: ChannelWithAccess
  form: UseFormReturn<F, C, O>
  toBody: (
    entered: O,
  ) => BodyInput<typeof senderOperations.create> & BodyInput<typeof senderOperations.checkAccess>
  title: string
  text: string
  /** Asks how old the number is: warm-up counts from there. */
  asksAge?: boolean
  onCreated?: (senderId: string) => void
}

/** The form of a channel that is reached with secrets: they are tried live, and a sender is added only when none is wrong. */
export function CheckedEntry<F extends FieldValues, C, O>(props: CheckedEntryProps<F, C, O>) {
  const { channel, form, toBody, title, text, asksAge = false, onCreated } = props
  const { t } = useTranslation('connect')
  const check = useAccessCheck(channel, form)
  const create = useCreateSender(form, onCreated)
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
      <NameFields form={form} asksAge={asksAge} />
      <Card title={title} text={text}>
        <AccessFields channel={channel} form={form} />
      </Card>
    </EntryFrame>
  )
}

import type { ConnectableChannel } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useZodForm } from '#ui/form.tsx'
import { EntryFrame, NameFields, useCreateSender } from './entry-frame.tsx'
import { phoneSchema, simulatorSchema } from './entry-schema.ts'

export type PhoneEntryProps = {
  channel: Extract<ConnectableChannel, 'linked_device' | 'web_browser' | 'simulator'>
}

/** A channel that needs nothing but a name: the phone itself links the number on the next page. */
export function PhoneEntry({ channel }: PhoneEntryProps) {
  return channel === 'simulator' ? <SimulatorEntry /> : <RealPhoneEntry channel={channel} />
}

function SimulatorEntry() {
  const { t } = useTranslation('connect')
  const form = useZodForm(simulatorSchema, { name: '' })
  const create = useCreateSender(form)
  const submit = form.handleSubmit(({ name }) => create.mutate({ body: { name, channel: 'simulator' } }))
  return (
    <EntryFrame onSubmit={submit} isBusy={create.isPending} submit={t('submit.link')}>
      <NameFields form={form} />
    </EntryFrame>
  )
}

function RealPhoneEntry({ channel }: { channel: 'linked_device' | 'web_browser' }) {
  const { t } = useTranslation('connect')
  const form = useZodForm(phoneSchema, { name: '', since: '' })
  const create = useCreateSender(form)
  const submit = form.handleSubmit(({ name, since }) =>
    create.mutate({ body: { name, channel, numberSince: since || null } }),
  )
  return (
    <EntryFrame onSubmit={submit} isBusy={create.isPending} submit={t('submit.link')}>
      <NameFields form={form} asksAge />
    </EntryFrame>
  )
}

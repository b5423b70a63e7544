import { contactOperations } from '@siar/contract'
import type { Contact } from '@siar/contract'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#app/api.ts'
import { operationKey, useOperation } from '#app/query.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { useTypedText } from '#ui/url-state.ts'

export type ContactFieldProps = { ids: readonly string[]; onChange: (ids: string[]) => void }

/** Single people, searched on the server by name or number. */
export function ContactField({ ids, onChange }: ContactFieldProps) {
  const { t } = useTranslation('wizard')
  const [search, setSearch] = useState('')
  const [, setTyped] = useTypedText(search, setSearch)
  const found = useOperation(
    contactOperations.list,
    { query: { search, limit: 20 } },
    { keepPrevious: true, staleMs: 30_000 },
  )
  const chosen = useContacts(ids)
  const shown = new Map([...chosen, ...(found.data?.data ?? [])].map((contact) => [contact.id, contact]))
  return (
    <Field label={t('audience.people')}>
      <Combobox
        multiple
        value={ids}
        onValueChange={onChange}
        onSearch={setTyped}
        loading={found.isPending}
        placeholder={t('audience.choosePeople')}
        options={[...shown.values()].map((contact) => ({
          value: contact.id,
          label: contact.fullName || (contact.phone ?? contact.id),
          hint: contact.phone ? phoneText(contact.phone) : undefined,
        }))}
      />
    </Field>
  )
}

/** The people already chosen, so that their names show also when the search has moved on. */
function useContacts(ids: readonly string[]): Contact[] {
  const workspaceId = useCurrentWorkspaceId()
  const answers = useQueries({
    queries: ids.slice(0, 50).map((contactId) => ({
      queryKey: operationKey(contactOperations.get, workspaceId, { params: { contactId } }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(contactOperations.get, { params: { contactId }, signal }),
      staleTime: 60_000,
    })),
  })
  return answers.flatMap(({ data }) => (data ? [data] : []))
}

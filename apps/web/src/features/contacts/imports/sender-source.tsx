import { importOperations, senderOperations } from '@siar/contract'
import type { Import } from '@siar/contract'
import { BookUser, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Select } from '#ui/select.tsx'
import { importableSenders } from './importable-senders.ts'

const kinds = ['address_book', 'group'] as const
type Kind = (typeof kinds)[number]
const icons = { address_book: <BookUser />, group: <Users /> } as const

/** People a connected number knows: its saved contacts, or the members of one of its groups. */
export function SenderSource({ onTaken }: { onTaken: (created: Import) => void }) {
  const { t } = useTranslation('imports')
  const senders = useOperation(senderOperations.list, {})
  const [senderId, setSenderId] = useState<string>()
  const [kind, setKind] = useState<Kind | null>(null)
  const [groupId, setGroupId] = useState<string | null>(null)
  const take = useAction(importOperations.fromSender, { onSuccess: onTaken, invalidates: ['imports.list'] })
  const offered = importableSenders(senders.data?.data ?? [])
  if (offered.length === 0) return null
  const isComplete = senderId !== undefined && kind !== null && (kind === 'address_book' || groupId !== null)
  const submit = () => {
    if (!isComplete) return
    const body = { senderId, groupId: kind === 'group' ? groupId : null }
    take.mutate({ body, idempotencyKey: newIdempotencyKey() })
  }
  return (
    <Card title={t('source.senderTitle')} text={t('source.senderText')}>
      <div className="flex flex-col gap-4">
        <Field label={t('source.sender')}>
          <Select
            value={senderId}
            onValueChange={(next) => {
              setSenderId(next)
              setGroupId(null)
            }}
            placeholder={t('source.chooseSender')}
            options={offered.map(({ id, name, phone }) => ({
              value: id,
              label: name,
              hint: phone ?? undefined,
            }))}
          />
        </Field>
        {senderId !== undefined && (
          <RadioCards
            label={t('source.people')}
            value={kind}
            onValueChange={setKind}
            options={kinds.map((value) => ({
              value,
              title: t(`source.from.${value}.title`),
              text: t(`source.from.${value}.text`),
              icon: icons[value],
            }))}
          />
        )}
        {senderId !== undefined && kind === 'group' && (
          <GroupChoice senderId={senderId} value={groupId} onChange={setGroupId} />
        )}
      </div>
      <div className="mt-4 flex justify-end">
        <Button
          tone={isComplete ? 'primary' : 'secondary'}
          disabled={!isComplete}
          busy={take.isPending}
          onClick={submit}
        >
          {t('source.take')}
        </Button>
      </div>
    </Card>
  )
}

type GroupChoiceProps = { senderId: string; value: string | null; onChange: (groupId: string | null) => void }

/** The groups of the number, asked of its live session. */
function GroupChoice({ senderId, value, onChange }: GroupChoiceProps) {
  const { t } = useTranslation('imports')
  const groups = useOperation(senderOperations.listGroups, { params: { senderId } }, { staleMs: 60_000 })
  if (groups.error) return <ProblemState error={groups.error} onRetry={() => void groups.refetch()} />
  if (groups.data?.data.length === 0) return <p className="text-muted">{t('source.noGroups')}</p>
  return (
    <Field label={t('source.group')}>
      <Combobox
        value={value}
        onValueChange={onChange}
        loading={!groups.data}
        options={(groups.data?.data ?? []).map(({ id, name, memberCount }) => ({
          value: id,
          label: name,
          hint: t('source.members', { count: memberCount }),
        }))}
      />
    </Field>
  )
}

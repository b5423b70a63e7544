import type { Contact } from '@siar/contract'
import { MERGE_VALUES, contactMergeOperations, contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useOperation } from '#app/query.ts'
import { languageNames, isLanguage } from '#i18n/language.ts'
import { Button } from '#ui/button.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { toast } from '#ui/toast.ts'
import { contactName } from './contact-name.ts'
import { phoneText } from './phone-text.ts'

type MergeValue = (typeof MERGE_VALUES)[number]
type Choice = { key: string; label: string; own: string; other: string }

/** Finds the second contact of one person, asks which values stay where both have one, and makes one contact of them. */
export function MergeDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const { t: ui } = useTranslation('ui')
  const [search, setSearch] = useState('')
  const [other, setOther] = useState<Contact | null>(null)
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const query = { search: search || contact.fullName, limit: 20 } as const
  const found = useOperation(contactOperations.list, { query }, { keepPrevious: true })
  const merge = useAction(contactMergeOperations.merge, {
    invalidates: ['contacts.', 'consents.', 'lists.', 'tags.'],
    onSuccess: () => {
      toast.success(t('merge.done', { name: contactName(contact, t('unnamed')) }), {
        description: t('merge.doneText'),
      })
      onClose()
    },
  })
  const rows = (found.data?.data ?? []).filter(({ id }) => id !== contact.id)
  const all = other && !rows.some(({ id }) => id === other.id) ? [other, ...rows] : rows
  const choices = useChoices(contact, other)
  const submit = () => {
    if (!other) return
    const keys = [...taken].filter((key) => choices.some((choice) => choice.key === key))
    merge.mutate({
      params: { contactId: contact.id },
      body: {
        otherId: other.id,
        take: MERGE_VALUES.filter((value) => keys.includes(value)),
        takeCustom: keys.flatMap((key) =>
          key.startsWith(customPrefix) ? [key.slice(customPrefix.length)] : [],
        ),
      },
    })
  }
  const optsOut = [contact, other].some((one) => one?.marketingConsent === 'withdrawn' || one?.suppressed)
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title', { name: contactName(contact, t('unnamed')) })}
      text={t('merge.text')}
      footer={
        <>
          <Button onClick={onClose}>{ui('actions.cancel')}</Button>
          <Button tone="primary" busy={merge.isPending} disabled={!other} onClick={submit}>
            {t('merge.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label={t('merge.other')} hint={t('merge.otherHint')}>
          <Combobox
            options={all.map((row) => ({ value: row.id, label: labelOf(row, t('unnamed')) }))}
            value={other?.id ?? null}
            placeholder={t('merge.find')}
            loading={found.isPending}
            onSearch={setSearch}
            onValueChange={(id) => {
              setOther(all.find((row) => row.id === id) ?? null)
              setTaken(new Set())
            }}
          />
        </Field>
        {choices.map(({ key, label, own, other: theirs }) => (
          <div key={key} className="flex flex-col gap-1.5">
            <p className="text-sm font-medium">{t('merge.which', { field: label })}</p>
            <RadioCards
              label={t('merge.which', { field: label })}
              value={taken.has(key) ? 'other' : 'own'}
              onValueChange={(side) => {
                const next = new Set(taken)
                if (side === 'other') next.add(key)
                else next.delete(key)
                setTaken(next)
              }}
              options={[
                { value: 'own', title: own },
                { value: 'other', title: theirs },
              ]}
            />
          </div>
        ))}
        {other && (
          <Notice {...(optsOut ? { tone: 'warn' as const } : {})}>
            {t(optsOut ? 'merge.optedOut' : 'merge.joins')}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

const customPrefix = 'custom:'

function labelOf(contact: Contact, unnamed: string): string {
  const name = contactName(contact, unnamed)
  return contact.phone && name !== contact.phone ? `${name}, ${phoneText(contact.phone)}` : name
}

/** The values in which both differ. */
function useChoices(contact: Contact, other: Contact | null): Choice[] {
  const { t } = useTranslation('contacts')
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  if (!other) return []
  const textOf = (one: Contact, key: MergeValue): string => {
    if (key === 'name') return one.fullName
    if (key === 'language') return isLanguage(one.language) ? languageNames[one.language] : ''
    return one[key] ?? ''
  }
  const labels: Record<MergeValue, string> = {
    name: t('columns.name'),
    email: t('fields.email'),
    company: t('fields.company'),
    language: t('fields.language'),
    timeZone: t('fields.timeZone'),
  }
  const customText = (value: string | number | boolean | undefined): string =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value ?? '')
  return [
    ...MERGE_VALUES.map((key) => ({
      key,
      label: labels[key],
      own: textOf(contact, key),
      other: textOf(other, key),
    })),
    ...(fields.data?.data ?? []).map(({ key, label }) => ({
      key: customPrefix + key,
      label,
      own: customText(contact.custom[key]),
      other: customText(other.custom[key]),
    })),
  ].filter((choice) => choice.own !== '' && choice.other !== '' && choice.own !== choice.other)
}

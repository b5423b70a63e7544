import type { Import, ImportOptions } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { useListChoices, useTagChoices } from '../choices.ts'
import { StepBar } from './import-frame.tsx'

const wordingLengthMin = 3
const examples = ['form', 'counter', 'chat'] as const
const existingRules = ['fill_empty', 'overwrite', 'keep'] as const

/** People a number happens to know never agreed to anything by that; nobody can vouch for them here. */
const isFromSender = ({ format }: Import): boolean => format === 'address_book' || format === 'group'

export type ImportConsentProps = {
  data: Import
  options: ImportOptions
  onChange: (patch: Partial<ImportOptions>) => void
  onBack: () => void
  onStart: () => void
  busy: boolean
}

/** The last questions before an import runs: consent, groups, and what happens to people who are there already. */
export function ImportConsent({ data, options, onChange, onBack, onStart, busy }: ImportConsentProps) {
  const { t } = useTranslation('imports')
  const { t: ui } = useTranslation('ui')
  const [agreed, setAgreed] = useState<'yes' | 'unsure' | null>(options.consentWording ? 'yes' : null)
  const [tried, setTried] = useState(false)
  const isShort = agreed === 'yes' && options.consentWording.trim().length < wordingLengthMin
  const start = () => {
    setTried(true)
    if ((agreed !== null || isFromSender(data)) && !isShort) onStart()
  }
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {isFromSender(data) ? (
        <Notice title={t('consent.fromSender.title')}>{t('consent.fromSender.text')}</Notice>
      ) : (
        <ConsentQuestion
          agreed={agreed}
          wording={options.consentWording}
          onAgreed={(next) => {
            setAgreed(next)
            if (next === 'unsure') onChange({ consentWording: '' })
          }}
          onWording={(consentWording) => onChange({ consentWording })}
          error={tried && isShort ? t('consent.wordingNeeded') : undefined}
          missing={tried && agreed === null}
        />
      )}
      <Groups options={options} onChange={onChange} />
      <Card title={t('existing.title')} text={t('existing.text')}>
        <RadioCards
          columns={3}
          label={t('existing.title')}
          value={options.existing}
          onValueChange={(existing) => onChange({ existing })}
          options={existingRules.map((value) => ({
            value,
            title: t(`existing.${value}.title`),
            text: t(`existing.${value}.text`),
          }))}
        />
      </Card>
      <StepBar back={<Button onClick={onBack}>{ui('actions.back')}</Button>}>
        <Button tone="primary" busy={busy} onClick={start}>
          {data.rowsEstimated > 0 ? t('start', { count: data.rowsEstimated }) : t('startPlain')}
        </Button>
      </StepBar>
    </div>
  )
}

type ConsentQuestionProps = {
  agreed: 'yes' | 'unsure' | null
  wording: string
  onAgreed: (agreed: 'yes' | 'unsure') => void
  onWording: (wording: string) => void
  error: string | undefined
  missing: boolean
}

function ConsentQuestion({ agreed, wording, onAgreed, onWording, error, missing }: ConsentQuestionProps) {
  const { t } = useTranslation('imports')
  return (
    <Card title={t('consent.title')} text={t('consent.text')}>
      <div className="flex flex-col gap-4">
        <RadioCards
          label={t('consent.title')}
          value={agreed}
          onValueChange={onAgreed}
          options={[
            { value: 'yes', title: t('consent.yes.title'), text: t('consent.yes.text') },
            { value: 'unsure', title: t('consent.unsure.title'), text: t('consent.unsure.text') },
          ]}
        />
        {missing && (
          <p role="alert" className="text-xs font-medium text-danger-ink">
            {t('consent.choose')}
          </p>
        )}
        {agreed === 'yes' && (
          <>
            <Field label={t('consent.wording')} hint={t('consent.wordingHint')} error={error} required>
              <Textarea
                value={wording}
                rows={3}
                maxLength={1000}
                autoFocus
                onChange={(event) => onWording(event.target.value)}
              />
            </Field>
            <div className="text-xs text-subtle">
              <p className="font-semibold">{t('consent.examplesTitle')}</p>
              <ul className="mt-1 flex list-disc flex-col gap-1 pl-4">
                {examples.map((example) => (
                  <li key={example}>{t(`consent.examples.${example}`)}</li>
                ))}
              </ul>
            </div>
          </>
        )}
        {agreed === 'unsure' && (
          <Notice title={t('consent.without.title')}>{t('consent.without.text')}</Notice>
        )}
      </div>
    </Card>
  )
}

function Groups({ options, onChange }: Pick<ImportConsentProps, 'options' | 'onChange'>) {
  const { t } = useTranslation('imports')
  const lists = useListChoices()
  const tags = useTagChoices()
  return (
    <Card title={t('groups.title')} text={t('groups.text')}>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('groups.newList')} optional>
          <Input
            value={options.newListName}
            maxLength={120}
            placeholder={t('groups.newListExample')}
            onChange={(event) => onChange({ newListName: event.target.value })}
          />
        </Field>
        <Field label={t('groups.lists')} optional>
          <Combobox
            multiple
            options={lists.options}
            loading={lists.loading}
            value={options.listIds}
            onValueChange={(listIds) => onChange({ listIds })}
          />
        </Field>
        <Field label={t('groups.tags')} optional>
          <Combobox
            multiple
            options={tags.options}
            loading={tags.loading}
            value={options.tagIds}
            onValueChange={(tagIds) => onChange({ tagIds })}
          />
        </Field>
      </div>
    </Card>
  )
}

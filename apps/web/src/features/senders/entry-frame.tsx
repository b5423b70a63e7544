import { Link, useNavigate } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import type { AccessCheck } from '@siar/contract'
import { Plug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { AccessResults } from './access-results.tsx'
import { useAccessProblem } from './use-access-check.ts'

/** Adds the sender and goes on to linking it. */
export function useCreateSender<F extends FieldValues, C, O>(
  form: UseFormReturn<F, C, O>,
  onCreated: (senderId: string) => void = () => undefined,
) {
  const navigate = useNavigate()
  const onProblem = useAccessProblem(form)
  return useAction(senderOperations.create, {
    invalidates: ['senders.', 'analytics.'],
    onSuccess: (sender) => {
      onCreated(sender.id)
      void navigate({ to: '/senders/$senderId/pair', params: { senderId: sender.id } })
    },
    onProblem,
  })
}

export type EntryFrameProps = {
  onSubmit: () => Promise<void>
  isBusy: boolean
  submit: string
  /** Tries what was entered without keeping it. */
  tryOut?: { checks: readonly AccessCheck[] | null; isBusy: boolean; onTry: () => void }
  children: ReactNode
}

/** The form of one channel: its cards, what came of trying the values, and the ways on. */
export function EntryFrame({ onSubmit, isBusy, submit, tryOut, children }: EntryFrameProps) {
  const { t } = useTranslation('connect')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
      className="flex flex-col gap-6"
      noValidate
    >
      {children}
      {tryOut?.checks && (
        <Card title={t('checks.title')} text={t('checks.text')}>
          <AccessResults checks={tryOut.checks} />
        </Card>
      )}
      <div className="flex flex-wrap justify-end gap-2 max-sm:*:flex-1">
        <Button asChild>
          <Link to="/senders">{t('cancel')}</Link>
        </Button>
        {tryOut && (
          <Button icon={<Plug aria-hidden />} busy={tryOut.isBusy} disabled={isBusy} onClick={tryOut.onTry}>
            {t('checks.try')}
          </Button>
        )}
        <Button tone="primary" type="submit" busy={isBusy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

export type NameFieldsProps<F extends FieldValues, C, O> = {
  form: UseFormReturn<F, C, O>
  /** Asks how old the number is: warm-up counts from there. */
  asksAge?: boolean
}

export function NameFields<F extends FieldValues, C, O>({ form, asksAge = false }: NameFieldsProps<F, C, O>) {
  const { t } = useTranslation('connect')
  const name = 'name' as FieldPath<F>
  const since = 'since' as FieldPath<F>
  return (
    <Card>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          hint={t('nameHint')}
          error={fieldError(form, name)}
          required
          className={asksAge ? undefined : 'sm:col-span-2'}
        >
          <Input {...form.register(name)} autoComplete="off" placeholder={t('namePlaceholder')} />
        </Field>
        {asksAge && (
          <Field label={t('since')} hint={t('sinceHint')} error={fieldError(form, since)} optional>
            <Input type="date" {...form.register(since)} />
          </Field>
        )}
      </div>
    </Card>
  )
}

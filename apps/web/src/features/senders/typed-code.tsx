import { senderOperations } from '@siar/contract'
import { LoaderCircle } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { problemText } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

/** `ABCD-EFGH`, as WhatsApp's own screen groups it. */
export function groupCode(code: string): string {
  const plain = code.replaceAll('-', '')
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : code
}

/** The code to type on the phone, with the time it still holds. */
export function TypedCode({ code }: { code: { data: string; expiresAt: string } }) {
  const { t } = useTranslation('senders')
  const left = useSecondsLeft(code.expiresAt)
  return (
    <div className="flex w-66 max-w-full flex-col items-center gap-3 rounded-lg border border-line bg-sunken px-4 py-10 text-center">
      <p className="text-xs text-muted">{t('pair.typeThis')}</p>
      <output
        aria-label={t('pair.code')}
        className="font-mono text-xl font-semibold tracking-widest break-all"
      >
        {groupCode(code.data)}
      </output>
      <p className="text-xs text-subtle tabular-nums" role="timer">
        {left === 0 ? t('pair.coming') : t('pair.holds', { count: left ?? 0 })}
      </p>
    </div>
  )
}

export type TypedCodeFormProps = {
  senderId: string
  /** A code was asked for and is on its way. */ isWaiting: boolean
}

/** Asks for the number of the phone, because a typed code holds for that number only. */
export function TypedCodeForm({ senderId, isWaiting }: TypedCodeFormProps) {
  const { t } = useTranslation('senders')
  const schema = useMemo(
    () =>
      z.object({
        phone: z
          .string()
          .trim()
          .refine((text) => text.replace(/\D/g, '').length >= 8, { message: t('pair.phoneRule') }),
      }),
    [t],
  )
  const form = useZodForm(schema, { phone: '' })
  const ask = useAction(senderOperations.setPairing, {
    invalidates: ['senders.'],
    onProblem: (problem) => {
      if (problem.issues.length > 0) form.setError('phone', { type: 'server', message: t('pair.phoneRule') })
      else toast.error(problemText(problem))
    },
  })
  const submit = form.handleSubmit(({ phone }) =>
    ask.mutate({ params: { senderId }, body: { by: 'code', phone } }),
  )
  const isComing = isWaiting || ask.isPending || ask.isSuccess
  return (
    <form onSubmit={(event) => void submit(event)} className="flex w-66 max-w-full flex-col gap-4" noValidate>
      <Field label={t('pair.phone')} hint={t('pair.phoneHint')} error={fieldError(form, 'phone')} required>
        <Input
          {...form.register('phone')}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          placeholder="0812 3456 7890"
        />
      </Field>
      <Button tone="primary" type="submit" busy={ask.isPending}>
        {t('pair.getCode')}
      </Button>
      {isComing && (
        <p className="flex items-center gap-2 text-xs text-subtle" role="status">
          <LoaderCircle className="size-3.5 animate-turn" aria-hidden />
          {t('pair.coming')}
        </p>
      )}
    </form>
  )
}

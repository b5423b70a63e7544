import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { useMemo } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { problemText } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Switch } from '#ui/switch.tsx'
import { toast } from '#ui/toast.ts'
import { limitsSchema, toLimits, toSettings } from './limits-schema.ts'
import type { Limits, LimitsFormProps } from './limits-schema.ts'
import { SimulatorFields } from './simulator-fields.tsx'

/** Name, speed, caps and warm-up of a sender; an official number has a rate among its settings instead. */
export function LimitsForm({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const schema = useMemo(
    () =>
      limitsSchema({
        delayOrder: t('limits.delayOrder'),
        latencyOrder: t('limits.latencyOrder'),
        failuresSum: t('limits.failuresSum'),
      }),
    [t],
  )
  const form = useZodForm(schema, toLimits(sender))
  const update = useAction(senderOperations.update, {
    invalidates: ['senders.'],
    onSuccess: (saved) => {
      form.reset(toLimits(saved))
      toast.success(t('limits.saved'))
    },
    onProblem: (problem) => {
      if (!showIssues(form, problem.issues)) toast.error(problemText(problem))
    },
  })
  const submit = form.handleSubmit((limits) => update.mutate(changeOf(sender, limits)))
  return (
    <form onSubmit={(event) => void submit(event)} className="flex max-w-3xl flex-col gap-5" noValidate>
      <IdentityFields form={form} />
      {sender.channel === 'cloud_api' ? (
        <RateField form={form} sender={sender} />
      ) : (
        <SpeedFields form={form} />
      )}
      {sender.channel === 'simulator' && <SimulatorFields form={form} />}
      <div className="flex justify-end gap-2 max-sm:*:flex-1">
        <Button disabled={!form.formState.isDirty} onClick={() => form.reset()}>
          {t('limits.discard')}
        </Button>
        <Button tone="primary" type="submit" busy={update.isPending} disabled={!form.formState.isDirty}>
          {t('limits.save')}
        </Button>
      </div>
    </form>
  )
}

function changeOf(sender: Sender, limits: Limits) {
  return {
    params: { senderId: sender.id },
    body: {
      name: limits.name,
      numberSince: limits.numberSince || null,
      settings: toSettings(limits, sender),
    },
  }
}

function IdentityFields({ form }: LimitsFormProps) {
  const { t } = useTranslation('senders')
  const { t: shared } = useTranslation('connect')
  return (
    <Card title={t('limits.identity')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={shared('name')} error={fieldError(form, 'name')}>
          <Input {...form.register('name')} autoComplete="off" />
        </Field>
        <Field label={t('limits.since')} hint={t('limits.sinceHint')} optional>
          <Input type="date" {...form.register('numberSince')} />
        </Field>
      </div>
    </Card>
  )
}

/** Meta counts an official number by the second; above what it grants a number, what is set here has no effect. */
function RateField({ form, sender }: LimitsFormProps & { sender: Sender }) {
  const { t } = useTranslation('senders')
  const format = useFormat()
  const granted = sender.standing?.messagesPerSecond ?? null
  return (
    <Card title={t('limits.rateTitle')} text={t('limits.rateText')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('limits.rate')}
          hint={
            granted === null
              ? t('limits.rateHint')
              : t('limits.rateGranted', { speed: format.number(granted) })
          }
          error={fieldError(form, 'messagesPerSecond')}
        >
          <Input
            type="number"
            min={1}
            max={1000}
            step={1}
            inputMode="numeric"
            {...form.register('messagesPerSecond', { valueAsNumber: true })}
          />
        </Field>
      </div>
    </Card>
  )
}

function SpeedFields({ form }: LimitsFormProps) {
  const { t } = useTranslation('senders')
  const number = { valueAsNumber: true } as const
  return (
    <Card title={t('limits.speed')} text={t('limits.speedText')}>
      <div className="grid grid-cols-2 gap-5">
        <Field label={t('limits.delayMin')} error={fieldError(form, 'delaySMin')}>
          <Input
            type="number"
            step="0.5"
            min={0}
            inputMode="decimal"
            {...form.register('delaySMin', number)}
          />
        </Field>
        <Field label={t('limits.delayMax')} error={fieldError(form, 'delaySMax')}>
          <Input
            type="number"
            step="0.5"
            min={0}
            inputMode="decimal"
            {...form.register('delaySMax', number)}
          />
        </Field>
        <Field label={t('limits.hourlyCap')} hint={t('limits.capHint')} error={fieldError(form, 'hourlyCap')}>
          <Input type="number" min={0} inputMode="numeric" {...form.register('hourlyCap', number)} />
        </Field>
        <Field label={t('limits.dailyCap')} hint={t('limits.capHint')} error={fieldError(form, 'dailyCap')}>
          <Input type="number" min={0} inputMode="numeric" {...form.register('dailyCap', number)} />
        </Field>
        <Controller
          control={form.control}
          name="warmUp"
          render={({ field }) => (
            <Switch
              className="col-span-2"
              checked={field.value}
              onCheckedChange={field.onChange}
              label={t('limits.warmUp')}
              hint={t('limits.warmUpHint')}
            />
          )}
        />
      </div>
    </Card>
  )
}

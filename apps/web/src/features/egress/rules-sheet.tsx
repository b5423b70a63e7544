import { egressOperations } from '@siar/contract'
import type { EgressRules } from '@siar/contract'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { MoneyField } from './money-field.tsx'
import { moneyText, readMoney } from './money-text.ts'

/** How many senders share an address, and what proxies may cost a day. */
export function RulesSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['egress', 'ui'])
  const formId = useId()
  const rules = useOperation(egressOperations.getRules, {})
  const save = useAction(egressOperations.setRules, {
    invalidates: ['proxies.', 'egress.', 'senders.'],
    onSuccess: () => {
      toast.success(t('egress:rules.saved'))
      onClose()
    },
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('egress:rules.title')}
      text={t('egress:rules.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button tone="primary" type="submit" form={formId} busy={save.isPending} disabled={!rules.data}>
            {t('egress:rules.save')}
          </Button>
        </>
      }
    >
      {rules.error && <ProblemState error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data ? (
        <RulesForm id={formId} saved={rules.data} onSave={(body) => save.mutate({ body })} />
      ) : (
        !rules.error && <SkeletonText lines={4} />
      )}
    </Sheet>
  )
}

type RulesFormProps = { id: string; saved: EgressRules; onSave: (rules: EgressRules) => void }

function RulesForm({ id, saved, onSave }: RulesFormProps) {
  const { t } = useTranslation('egress')
  const [senders, setSenders] = useState(String(saved.sendersPerAddress))
  const [cost, setCost] = useState({
    text: moneyText(saved.dailyCostMax),
    currency: saved.dailyCostMax?.currency ?? ('USD' as const),
  })
  const count = Number(senders)
  const isCountWrong = !/^\d+$/.test(senders) || count < 1 || count > 100
  const dailyCostMax = readMoney(cost.text, cost.currency)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isCountWrong && dailyCostMax !== undefined) onSave({ sendersPerAddress: count, dailyCostMax })
  }
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label={t('rules.senders')}
        hint={t('rules.sendersHint')}
        error={isCountWrong && t('rules.sendersWrong')}
      >
        <Input
          inputMode="numeric"
          maxLength={3}
          value={senders}
          onChange={(event) => setSenders(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
      <MoneyField
        label={t('rules.cost')}
        hint={t('rules.costHint')}
        draft={cost}
        onChange={setCost}
        wrong={dailyCostMax === undefined}
      />
    </form>
  )
}

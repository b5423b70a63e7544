import { campaignOperations } from '@siar/contract'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { problemText } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { useReasonText } from '../../reason-text.ts'

const tones = { accepted: 'success', refused: 'danger', not_sent: 'danger', unknown: 'warn' } as const

/** Sends the message to one's own number, and says what came of it. */
export function TestSend({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('wizard')
  const reasonText = useReasonText()
  const [phone, setPhone] = useState('')
  const [problem, setProblem] = useState<string>()
  const test = useAction(campaignOperations.test, {
    invalidates: ['analytics.'],
    onProblem: (refused) => setProblem(refused.issues[0]?.message ?? problemText(refused)),
  })
  const send = () => {
    setProblem(undefined)
    if (phone.trim().length < 3) return setProblem(t('test.needed'))
    test.mutate({
      params: { campaignId },
      body: { phone: phone.trim() },
      idempotencyKey: newIdempotencyKey(),
    })
  }
  return (
    <Card title={t('test.title')} text={t('test.text')}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Field label={t('test.phone')} error={problem}>
          <Input
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            placeholder="0812 3456 7890"
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        </Field>
        <Button type="submit" icon={<Send aria-hidden />} busy={test.isPending}>
          {t('test.send')}
        </Button>
        {test.data && (
          <Notice tone={tones[test.data.outcome]} title={t(`test.outcome.${test.data.outcome}`)}>
            {test.data.reason && reasonText(test.data.reason)}
          </Notice>
        )}
      </form>
    </Card>
  )
}

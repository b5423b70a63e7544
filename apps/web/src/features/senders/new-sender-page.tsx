import { Link, useNavigate } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import { ChevronLeft, FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'

const schema = z.object({ name: senderOperations.create.body.shape.name })

export function NewSenderPage() {
  const { t } = useTranslation('senders')
  const navigate = useNavigate()
  const form = useZodForm(schema, { name: '' })
  const [channel, setChannel] = useState<'simulator'>('simulator')
  const create = useAction(senderOperations.create, {
    invalidates: ['senders.', 'analytics.'],
    onSuccess: (sender) => void navigate({ to: '/senders/$senderId/pair', params: { senderId: sender.id } }),
  })
  const submit = form.handleSubmit(({ name }) => create.mutate({ body: { name, channel } }))
  return (
    <Page>
      <PageHeader
        title={t('new.title')}
        text={t('new.text')}
        back={
          <Link to="/senders" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
      />
      <form onSubmit={(event) => void submit(event)} className="flex max-w-2xl flex-col gap-6" noValidate>
        <Card title={t('new.channel')}>
          <RadioCards
            label={t('new.channel')}
            columns={1}
            value={channel}
            onValueChange={setChannel}
            options={[
              {
                value: 'simulator',
                title: t('channels.simulator'),
                text: t('new.simulatorText'),
                icon: <FlaskConical aria-hidden />,
              },
            ]}
          />
          <p className="mt-4 text-xs text-pretty text-subtle">{t('new.notYet')}</p>
        </Card>
        <Card>
          <Field label={t('new.name')} hint={t('new.nameHint')} error={fieldError(form, 'name')} required>
            <Input {...form.register('name')} autoComplete="off" placeholder={t('new.namePlaceholder')} />
          </Field>
        </Card>
        <div className="flex flex-wrap justify-end gap-2 max-sm:*:flex-1">
          <Button asChild>
            <Link to="/senders">{t('new.cancel')}</Link>
          </Button>
          <Button tone="primary" type="submit" busy={create.isPending}>
            {t('new.submit')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

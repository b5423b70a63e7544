import { senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CopyField } from '#ui/copy-field.tsx'
import { Field } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { AccessResults } from './access-results.tsx'
import { Steps } from './steps.tsx'
import { recallVerifyToken } from './verify-token.ts'

/** What a person enters at Meta so that Siar hears what became of its messages, with the steps and a live check. */
export function WebhookCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  const token = recallVerifyToken(sender.id)
  const check = useAction(senderOperations.checkKept)
  if (sender.webhookUrl === null) return null
  return (
    <Card title={t('webhook.title')} text={t('webhook.text')}>
      <div className="grid gap-5">
        {!sender.webhookUrl.startsWith('https://') && (
          <Notice tone="warn" title={t('webhook.httpsTitle')}>
            {t('webhook.httpsText')}
          </Notice>
        )}
        <Field label={t('webhook.url')}>
          <CopyField label={t('webhook.url')} value={sender.webhookUrl} />
        </Field>
        {token === null ? (
          <p className="text-sm text-pretty text-muted">{t('webhook.tokenHidden')}</p>
        ) : (
          <Field label={t('webhook.token')} hint={t('webhook.tokenOnce')}>
            <CopyField label={t('webhook.token')} value={token} />
          </Field>
        )}
        <Steps steps={[t('webhook.one'), t('webhook.two'), t('webhook.three'), t('webhook.four')]} />
        {check.data && <AccessResults checks={check.data.data} />}
        <div>
          <Button busy={check.isPending} onClick={() => check.mutate({ params: { senderId: sender.id } })}>
            {t('webhook.check')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

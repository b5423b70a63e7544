import type { workspaceOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import type { OperationOutput } from '#app/operation.ts'
import { Button } from '#ui/button.tsx'
import { CopyField } from '#ui/copy-field.tsx'
import { Notice } from '#ui/notice.tsx'

export type NewApiKey = OperationOutput<typeof workspaceOperations.createApiKey>

/** The secret of a new key, on the page until the person says it is kept: it is never shown again. */
export function ApiKeySecret({ apiKey, onDone }: { apiKey: NewApiKey; onDone: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Notice tone="warn" title={t('apiKeys.secretTitle', { name: apiKey.name })}>
      <p>{t('apiKeys.secretText')}</p>
      <div className="mt-3 flex max-w-2xl flex-col gap-3">
        <CopyField value={apiKey.secret} label={t('apiKeys.secret')} />
        <p className="text-xs text-muted">
          {t('apiKeys.secretUse')}{' '}
          <code className="font-mono break-all">{`Authorization: Bearer ${apiKey.start}…`}</code>
        </p>
        <Button size="sm" className="self-start" onClick={onDone}>
          {t('apiKeys.secretDone')}
        </Button>
      </div>
    </Notice>
  )
}

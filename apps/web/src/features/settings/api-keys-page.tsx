import { workspaceOperations } from '@siar/contract'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { ApiKeySecret } from './api-key-secret.tsx'
import type { NewApiKey } from './api-key-secret.tsx'
import { ApiKeyTable } from './api-key-table.tsx'
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx'

/** Keys for programs: what each may do, until when, and when it was last used. */
export function ApiKeysPage() {
  const { t } = useTranslation('settings')
  const [url, setUrl] = useUrlState({ new: '' })
  const [fresh, setFresh] = useState<NewApiKey | null>(null)
  const keys = useOperation(workspaceOperations.listApiKeys, {})
  const create = (
    <Button tone="primary" icon={<Plus aria-hidden />} onClick={() => setUrl({ new: '1' })}>
      {t('apiKeys.create')}
    </Button>
  )
  const none = keys.data?.data.length === 0
  return (
    <Page>
      <PageHeader title={t('apiKeys.title')} text={t('apiKeys.text')} action={!none && create} />
      {fresh && <ApiKeySecret apiKey={fresh} onDone={() => setFresh(null)} />}
      {keys.error ? (
        <ProblemState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <ApiKeyTable
          rows={keys.data?.data}
          empty={
            <EmptyState
              icon={KeyRound}
              title={t('apiKeys.emptyTitle')}
              text={t('apiKeys.emptyText')}
              action={create}
            />
          }
        />
      )}
      <p className="text-xs text-subtle">
        {t('apiKeys.docs')}{' '}
        <a href="/docs" className="font-semibold text-accent-ink underline-offset-4 hover:underline">
          {t('apiKeys.docsLink')}
        </a>
      </p>
      {url.new === '1' && (
        <CreateApiKeyDialog
          onClose={() => setUrl({ new: '' })}
          onCreated={(key) => {
            setFresh(key)
            setUrl({ new: '' })
          }}
        />
      )}
    </Page>
  )
}

import type { Contact, ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { CircleCheck, CircleSlash, Plus, ShieldQuestion } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { cn } from '#ui/cn.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { DateTime } from '#ui/time.tsx'
import { ConsentProofMenu } from './consent-proof-menu.tsx'
import { RecordConsentDialog } from './record-consent-dialog.tsx'
import { useSourceText } from './source-text.ts'

type Entry = ResponseOf<typeof contactOperations.listConsents>['data'][number]

/** Said by the person themselves; nobody of the workspace wrote it down. */
const theirOwn: ReadonlySet<string> = new Set(['keyword', 'link', 'channel'])

/** What one person agreed to and took back, in whose words, and who wrote it down. Nothing here is ever changed. */
export function ConsentLedger({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [recording, setRecording] = useState(false)
  const consents = useOperation(contactOperations.listConsents, { params: { contactId: contact.id } })
  const record = can('contacts.write') && (
    <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setRecording(true)}>
      {t('ledger.record')}
    </Button>
  )
  const entries = consents.data?.data
  return (
    <div className="flex flex-col gap-4">
      {consents.error && <ProblemState error={consents.error} onRetry={() => void consents.refetch()} />}
      {!entries && !consents.error && <SkeletonText lines={5} />}
      {entries?.length === 0 && (
        <EmptyState
          icon={ShieldQuestion}
          title={t('ledger.emptyTitle')}
          text={t('ledger.emptyText')}
          action={record}
        />
      )}
      {entries && entries.length > 0 && (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-sm text-xs text-subtle">{t('ledger.text')}</p>
            <div className="flex flex-wrap gap-2">
              {can('data.export') && <ConsentProofMenu contact={contact} />}
              {record}
            </div>
          </div>
          <ol className="flex flex-col gap-3">
            {entries.map((entry) => (
              <LedgerEntry key={entry.id} entry={entry} />
            ))}
          </ol>
        </>
      )}
      {recording && <RecordConsentDialog contact={contact} onClose={() => setRecording(false)} />}
    </div>
  )
}

function LedgerEntry({ entry }: { entry: Entry }) {
  const { t } = useTranslation('contacts')
  const sourceText = useSourceText()
  const isGranted = entry.state === 'granted'
  const Icon = isGranted ? CircleCheck : CircleSlash
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span
          className={cn(
            'flex items-center gap-1.5 font-semibold',
            isGranted ? 'text-success-ink' : 'text-warn-ink',
          )}
        >
          <Icon className="size-4" aria-hidden />
          {t(isGranted ? 'ledger.granted' : 'ledger.withdrawn')}
        </span>
        <span className="text-xs text-subtle">
          <DateTime at={entry.at} />
        </span>
      </div>
      {entry.wording && (
        <blockquote className="mt-2 border-l-2 border-line-strong pl-3 break-words text-muted">
          {entry.wording}
        </blockquote>
      )}
      <p className="mt-2 text-xs text-subtle">
        {theirOwn.has(entry.source)
          ? sourceText(entry.source)
          : t('ledger.by', { source: sourceText(entry.source), actor: entry.actor })}
      </p>
    </li>
  )
}

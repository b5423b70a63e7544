import type { AuditEntry } from '@siar/contract'
import { Bot, History, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Avatar } from '#ui/avatar.tsx'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Facts } from '#ui/facts.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { Table } from '#ui/table.tsx'
import { DateTime } from '#ui/time.tsx'
import { detailLines, nameInDetails, useAuditSentence } from './audit-sentence.ts'

type Entry = z.output<typeof AuditEntry>
type Props = { rows: readonly Entry[] | undefined; filtered: boolean; onClear: () => void }

/** The lines of the audit log; one opens to everything it holds. */
export function AuditTable({ rows, filtered, onClear }: Props) {
  const { t } = useTranslation('settings')
  const sentence = useAuditSentence()
  const [open, setOpen] = useState<Entry | null>(null)
  return (
    <>
      <Table
        label={t('audit.title')}
        rows={rows}
        rowKey={(entry) => entry.id}
        onOpen={setOpen}
        activeKey={open?.id}
        empty={<Nothing filtered={filtered} onClear={onClear} />}
        columns={[
          {
            id: 'what',
            header: t('audit.what'),
            primary: true,
            cell: (entry) => {
              const name = nameInDetails(entry.details)
              return (
                <span>
                  {sentence(entry.action)}
                  {name && <span className="font-normal text-subtle">{` · ${name}`}</span>}
                </span>
              )
            },
          },
          {
            id: 'who',
            header: t('audit.who'),
            width: '15rem',
            cell: (entry) => <Actor entry={entry} />,
          },
          {
            id: 'when',
            header: t('audit.when'),
            width: '12rem',
            cell: (entry) => (
              <span className="whitespace-nowrap text-muted">
                <DateTime at={entry.at} />
              </span>
            ),
          },
        ]}
      />
      <EntrySheet entry={open} onClose={() => setOpen(null)} />
    </>
  )
}

function Actor({ entry }: { entry: Entry }) {
  const { t } = useTranslation('settings')
  const { actorKind, actorName } = entry
  const Icon = actorKind === 'api_key' ? KeyRound : Bot
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      {actorKind === 'user' ? (
        <Avatar name={actorName} size="sm" />
      ) : (
        <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-subtle">
          <Icon className="size-3.5" aria-hidden />
        </span>
      )}
      <span className="truncate">{actorKind === 'system' ? t('audit.system') : actorName}</span>
      {actorKind === 'api_key' && <span className="sr-only">{t('audit.kinds.api_key')}</span>}
    </span>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('settings')
  if (!filtered)
    return <EmptyState icon={History} title={t('audit.emptyTitle')} text={t('audit.emptyText')} />
  return (
    <EmptyState
      icon={History}
      title={t('audit.noneTitle')}
      text={t('audit.noneText')}
      action={<Button onClick={onClear}>{t('audit.clear')}</Button>}
    />
  )
}

function EntrySheet({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const sentence = useAuditSentence()
  if (!entry) return null
  const lines = detailLines(entry.details)
  return (
    <Sheet open onOpenChange={onClose} title={sentence(entry.action)} text={t('audit.sheetText')}>
      <Facts
        facts={[
          { label: t('audit.who'), value: `${entry.actorName} (${t(`audit.kinds.${entry.actorKind}`)})` },
          { label: t('audit.when'), value: <DateTime at={entry.at} /> },
          { label: t('audit.code'), value: <Code text={entry.action} /> },
          ...(entry.subjectId ? [{ label: t('audit.subject'), value: <Code text={entry.subjectId} /> }] : []),
        ]}
      />
      {lines.length > 0 && (
        <section className="mt-8">
          <h3 className="mb-2 text-xs font-semibold text-subtle">{t('audit.details')}</h3>
          <Facts facts={lines.map(({ name, value }) => ({ label: <Code text={name} />, value }))} />
        </section>
      )}
    </Sheet>
  )
}

function Code({ text }: { text: string }) {
  return <code className="font-mono text-xs break-all">{text}</code>
}

import type { ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { recipientStatuses, refusalReasons, skipReasons } from '@siar/domain'
import {
  BellOff,
  FileUp,
  History,
  Megaphone,
  MessageSquareReply,
  MessageSquareText,
  ShieldCheck,
  UserPlus,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { RecipientBadge } from '#ui/state-badge.tsx'
import { RelativeTime } from '#ui/time.tsx'

type Entry = ResponseOf<typeof contactOperations.timeline>['data'][number]

const icons: Record<Entry['kind'], LucideIcon> = {
  consent: ShieldCheck,
  message_out: MessageSquareText,
  message_in: MessageSquareReply,
  campaign: Megaphone,
  import: FileUp,
  suppression: BellOff,
  created: UserPlus,
}

/** What happened with one person, newest first; older pages are added below. */
export function ContactTimeline({ contactId }: { contactId: string }) {
  const [cursors, setCursors] = useState<readonly string[]>([''])
  return (
    <ol className="flex flex-col">
      {cursors.map((cursor, index) => (
        <TimelinePage
          key={cursor}
          contactId={contactId}
          cursor={cursor}
          onOlder={
            index === cursors.length - 1 ? (next) => setCursors((before) => [...before, next]) : undefined
          }
        />
      ))}
    </ol>
  )
}

type PageProps = { contactId: string; cursor: string; onOlder: ((cursor: string) => void) | undefined }

function TimelinePage({ contactId, cursor, onOlder }: PageProps) {
  const { t } = useTranslation('contacts')
  const query = { limit: 25, ...(cursor ? { cursor } : {}) }
  const page = useOperation(contactOperations.timeline, { params: { contactId }, query })
  if (page.error) {
    return (
      <li>
        <ProblemState error={page.error} onRetry={() => void page.refetch()} />
      </li>
    )
  }
  if (!page.data) {
    return (
      <li aria-busy="true">
        <SkeletonText lines={6} />
      </li>
    )
  }
  const { data, nextCursor } = page.data
  if (data.length === 0 && cursor === '') {
    return (
      <li>
        <EmptyState icon={History} title={t('timeline.emptyTitle')} text={t('timeline.emptyText')} />
      </li>
    )
  }
  return (
    <>
      {data.map((entry, index) => (
        <TimelineItem key={index} entry={entry} />
      ))}
      {nextCursor && onOlder && (
        <li className="pt-1 pl-11">
          <Button size="sm" onClick={() => onOlder(nextCursor)}>
            {t('timeline.older')}
          </Button>
        </li>
      )}
    </>
  )
}

function TimelineItem({ entry }: { entry: Entry }) {
  const { t } = useTranslation('contacts')
  const Icon = icons[entry.kind]
  const detailText = useDetailText()
  const detail = detailText(entry)
  const status = recipientStatuses.find((name) => name === entry.status)
  return (
    <li className="group relative flex gap-3 pb-5">
      <span className="absolute top-8 bottom-0 left-4 w-px bg-line group-last:hidden" aria-hidden />
      <span
        className="flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-sunken text-muted"
        title={t(`timeline.kinds.${entry.kind}`)}
      >
        <Icon className="size-4" role="img" aria-label={t(`timeline.kinds.${entry.kind}`)} />
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <span className="font-medium break-words">{entry.title}</span>
          <span className="flex items-center gap-2 text-xs text-subtle">
            {entry.kind === 'campaign' && status && <RecipientBadge status={status} />}
            <RelativeTime at={entry.at} />
          </span>
        </div>
        {detail && (
          <p className="mt-0.5 line-clamp-3 text-xs break-words whitespace-pre-wrap text-muted">{detail}</p>
        )}
      </div>
    </li>
  )
}

/** Why a campaign did not reach the person, in words; any other detail is text already. */
function useDetailText(): (entry: Entry) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'id'
  const reasons = new Map<string, { id: string; en: string }>([
    ...Object.entries(refusalReasons),
    ...Object.entries(skipReasons),
  ])
  return ({ kind, detail }) => (kind === 'campaign' ? (reasons.get(detail)?.[language] ?? detail) : detail)
}

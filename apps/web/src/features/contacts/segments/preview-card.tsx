import { contactOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { cn } from '#ui/cn.ts'
import { Skeleton } from '#ui/skeleton.tsx'
import { contactName } from '../contact-name.ts'
import { phoneText } from '../phone-text.ts'
import type { Preview } from './use-preview.ts'

/** How many the rule finds and some of them, while it is being written. */
export function PreviewCard({ preview, isFinished }: { preview: Preview; isFinished: boolean }) {
  const { t } = useTranslation('segments')
  const { data, error, isCounting } = preview
  return (
    <Card title={t('preview.title')} className="lg:sticky lg:top-20" aria-busy={isCounting}>
      {!isFinished && <p className="text-sm text-muted">{t('preview.waiting')}</p>}
      {isFinished && error && !isCounting && (
        <ProblemState error={error} onRetry={() => void preview.refetch()} />
      )}
      {isFinished && !error && !data && <Skeleton className="h-9 w-28" />}
      {isFinished && data && !(error && !isCounting) && (
        <div className={cn('flex flex-col gap-4 transition-opacity', isCounting && 'opacity-60')}>
          <Count contacts={data.contacts} isCounting={isCounting} />
          <Sample people={data.sample} />
          <p className="text-xs text-pretty text-subtle">{t('preview.consentNote')}</p>
        </div>
      )}
    </Card>
  )
}

function Count({ contacts, isCounting }: { contacts: number; isCounting: boolean }) {
  const { t } = useTranslation('segments')
  const format = useFormat()
  const everybody = useOperation(contactOperations.list, { query: { limit: 1 } }, { staleMs: 60_000 })
  const total = everybody.data?.totalIsExact ? everybody.data.total : 0
  return (
    <div>
      <p role="status" className="flex items-baseline gap-2">
        <span className="text-xl font-bold tabular-nums">{format.number(contacts)}</span>
        <span className="text-sm text-muted">{t('preview.people', { count: contacts })}</span>
      </p>
      <p className="text-xs text-subtle">
        {isCounting
          ? t('preview.counting')
          : total >= contacts && total > 0 && t('preview.of', { percent: format.percent(contacts / total) })}
      </p>
    </div>
  )
}

type Person = { id: string; fullName: string; phone: string | null }

function Sample({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation(['segments', 'contacts'])
  if (people.length === 0) return <p className="text-sm text-muted">{t('segments:preview.nobody')}</p>
  return (
    <div>
      <h3 className="text-xs font-semibold text-subtle">{t('segments:preview.sample')}</h3>
      <ul className="mt-1 divide-y divide-line">
        {people.map((person) => (
          <li key={person.id} className="flex flex-wrap justify-between gap-x-3 py-1.5 text-sm">
            <span className="min-w-0 truncate">{contactName(person, t('contacts:unnamed'))}</span>
            {person.phone && <span className="text-muted tabular-nums">{phoneText(person.phone)}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

import type { Template } from '@siar/contract'
import { TEMPLATE_CATEGORIES, templateOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { MessageSquarePlus, MessageSquareText, SearchX } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useTypedText, useUrlState } from '#ui/url-state.ts'
import { RemoveTemplateDialog } from './remove-template-dialog.tsx'
import { TemplateCard } from './template-card.tsx'

const pageSize = 24
const grid = 'grid gap-4 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4'

/** The workspace's messages, ready to be sent again. */
export function TemplatesPage() {
  const { t } = useTranslation('templates')
  const can = useCan()
  const [view, setView] = useUrlState({ search: '', category: '', cursor: '', page: '1' })
  const pages = useCursorPages()
  const [removing, setRemoving] = useState<Template | null>(null)
  const category = TEMPLATE_CATEGORIES.find((name) => name === view.category)
  const change = (patch: { search?: string; category?: string }) =>
    setView({ ...patch, cursor: '', page: '1' })
  const query = {
    limit: pageSize,
    cursor: pages.cursor,
    ...(view.search ? { search: view.search } : {}),
    ...(category ? { category } : {}),
  }
  const templates = useOperation(templateOperations.list, { query }, { keepPrevious: true })
  const rows = templates.data?.data
  const isFiltered = Boolean(view.search || category)
  const isBare = rows?.length === 0 && !isFiltered && !pages.cursor
  return (
    <Page>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          can('templates.write') && (
            <Button tone="primary" asChild>
              <Link to="/templates/new">
                <MessageSquarePlus aria-hidden />
                {t('new')}
              </Link>
            </Button>
          )
        }
      />
      {!isBare && <Filters search={view.search} category={category} onChange={change} />}
      {templates.error && !rows && (
        <ProblemState error={templates.error} onRetry={() => void templates.refetch()} />
      )}
      {(rows || !templates.error) && (
        <Cards
          rows={rows}
          empty={isBare ? <Bare /> : <NoMatch onClear={() => change({ search: '', category: '' })} />}
          onRemove={setRemoving}
        />
      )}
      <CursorPager
        {...pages.pager(
          rows && { count: rows.length, nextCursor: templates.data?.nextCursor ?? null },
          pageSize,
        )}
      />
      {removing && <RemoveTemplateDialog template={removing} onClose={() => setRemoving(null)} />}
    </Page>
  )
}

type CardsProps = {
  rows: readonly Template[] | undefined
  empty: ReactNode
  onRemove: (template: Template) => void
}

function Cards({ rows, empty, onRemove }: CardsProps) {
  const { i18n } = useTranslation('templates')
  if (!rows) return <LoadingCards />
  if (rows.length === 0) return empty
  return (
    <ul className={grid}>
      {rows.map((template) => (
        <TemplateCard
          key={template.id}
          template={template}
          language={i18n.language === 'en' ? 'en' : 'id'}
          onRemove={() => onRemove(template)}
        />
      ))}
    </ul>
  )
}

type FiltersProps = {
  search: string
  category: Template['category'] | undefined
  onChange: (patch: { search?: string; category?: string }) => void
}

function Filters({ search, category, onChange }: FiltersProps) {
  const { t } = useTranslation('templates')
  const [text, setText] = useTypedText(search, (next) => onChange({ search: next }))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput value={text} onValueChange={setText} label={t('search')} />
      <Select
        label={t('category')}
        value={category ?? 'any'}
        onValueChange={(next) => onChange({ category: next === 'any' ? '' : next })}
        options={[
          { value: 'any', label: t('anyCategory') },
          ...TEMPLATE_CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) })),
        ]}
        className="w-48 max-sm:flex-1"
      />
    </div>
  )
}

function Bare() {
  const { t } = useTranslation('templates')
  const can = useCan()
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        size="page"
        icon={MessageSquareText}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          can('templates.write') && (
            <>
              <Button asChild>
                <Link to="/templates/new">
                  <MessageSquarePlus aria-hidden />
                  {t('empty.write')}
                </Link>
              </Button>
              <Button asChild>
                <Link to="/templates/new" search={{ starter: 'promotion' }}>
                  {t('empty.starter')}
                </Link>
              </Button>
            </>
          )
        }
      />
    </div>
  )
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('templates')
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={SearchX}
        title={t('noMatch.title')}
        text={t('noMatch.text')}
        action={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}
      />
    </div>
  )
}

function LoadingCards() {
  return (
    <div aria-busy="true" className={grid}>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className="overflow-hidden rounded-lg border border-line bg-surface">
          <Skeleton className="h-56 w-full rounded-none" />
          <div className="flex flex-col gap-2.5 p-4">
            <Skeleton className="h-4 w-2/3" />
            <Skeleton className="h-3.5 w-24" />
          </div>
        </div>
      ))}
    </div>
  )
}

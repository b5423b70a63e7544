import { Link } from '@tanstack/react-router'
import { templateOperations } from '@siar/contract'
import type { Template } from '@siar/contract'
import { MessageSquareText, Paperclip, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useTypedText } from '#ui/url-state.ts'

export type TemplatePickerProps = { chosenId: string | null; onPick: (template: Template) => void }

/** One of the workspace's templates, found by its name. */
export function TemplatePicker({ chosenId, onPick }: TemplatePickerProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const [search, setSearch] = useState('')
  const [typed, setTyped] = useTypedText(search, setSearch)
  const templates = useOperation(
    templateOperations.list,
    { query: { search, limit: 60 } },
    { keepPrevious: true },
  )
  const rows = templates.data?.data
  if (templates.error)
    return <ProblemState error={templates.error} onRetry={() => void templates.refetch()} />
  if (rows?.length === 0 && search === '') return <NoTemplates />
  return (
    <div className="flex flex-col gap-4">
      <SearchInput label={t('wizard:template.search')} value={typed} onValueChange={setTyped} />
      {!rows && <Loading />}
      {rows?.length === 0 && (
        <EmptyState
          icon={SearchX}
          title={t('wizard:template.noneTitle')}
          text={t('wizard:template.noneText', { query: search })}
        />
      )}
      {rows && rows.length > 0 && (
        <div className="-m-1 max-h-104 overflow-y-auto p-1">
          <RadioCards
            label={t('wizard:template.choose')}
            value={chosenId}
            onValueChange={(id) => {
              const found = rows.find((template) => template.id === id)
              if (found) onPick(found)
            }}
            options={rows.map((template) => ({
              value: template.id,
              title: template.name,
              text: <Excerpt template={template} />,
              aside: <Badge tone="outline">{t(`purpose.${template.purpose}`)}</Badge>,
            }))}
          />
        </div>
      )}
    </div>
  )
}

function Excerpt({ template }: { template: Template }) {
  const { t, i18n } = useTranslation(['campaigns', 'wizard'])
  const { id, en } = template.texts
  const text = i18n.language === 'en' ? (en ?? id) : (id ?? en)
  return (
    <>
      <span className="line-clamp-2">{text}</span>
      {template.media && (
        <span className="mt-1.5 flex items-center gap-1 text-subtle">
          <Paperclip className="size-3" aria-hidden />
          {t(`wizard:template.media.${template.media.kind}`)}
        </span>
      )}
    </>
  )
}

function Loading() {
  return (
    <div className="grid gap-3 sm:grid-cols-2" aria-busy>
      {Array.from({ length: 4 }, (_, index) => (
        <div key={index} className="rounded-lg border border-line p-4">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="mt-3 h-3 w-full" />
          <Skeleton className="mt-2 h-3 w-2/3" />
        </div>
      ))}
    </div>
  )
}

function NoTemplates() {
  const { t } = useTranslation(['campaigns', 'wizard'])
  return (
    <EmptyState
      icon={MessageSquareText}
      title={t('wizard:template.emptyTitle')}
      text={t('wizard:template.emptyText')}
      action={
        <Button tone="primary" asChild>
          <Link to="/templates/new">{t('wizard:template.make')}</Link>
        </Button>
      }
    />
  )
}

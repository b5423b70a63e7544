import { templateOperations } from '@siar/contract'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { useUrlState } from '#ui/url-state.ts'
import { bodyOf, draftOf, emptyDraft, starterDraft } from './template-draft.ts'
import { TemplateEditor } from './template-editor.tsx'

/** Makes a template: empty, from the starter (`?starter=`), or from a copy of another (`?from=`). */
export function NewTemplatePage() {
  const { t } = useTranslation('templates')
  const navigate = useNavigate()
  const done = useRef(false)
  const [{ from, starter }] = useUrlState({ from: '', starter: '' })
  const source = useOperation(
    templateOperations.get,
    { params: { templateId: from } },
    { enabled: from !== '' },
  )
  const create = useAction(templateOperations.create, {
    invalidates: ['templates.', 'media.'],
    onSuccess: (template) => {
      done.current = true
      toast.success(t('save.created', { name: template.name }))
      void navigate({ to: '/templates' })
    },
  })
  if (from && source.error) {
    return <ProblemState error={source.error} onRetry={() => void source.refetch()} size="page" />
  }
  if (from && !source.data) return <SkeletonPage />
  const copy = source.data && draftOf(source.data)
  const start = copy
    ? { ...copy, name: t('copyName', { name: copy.name }).slice(0, 120) }
    : starter
      ? starterDraft
      : emptyDraft
  return (
    <TemplateEditor
      title={t('new')}
      start={start}
      saved={emptyDraft}
      template={null}
      canWrite
      busy={create.isPending}
      onSave={(draft) => create.mutate({ body: bodyOf(draft) })}
      mayLeave={() => done.current}
    />
  )
}

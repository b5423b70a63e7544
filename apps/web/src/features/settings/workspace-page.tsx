import { workspaceOperations } from '@siar/contract'
import type { Workspace } from '@siar/contract'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { languageNames, languages } from '#i18n/language.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Select } from '#ui/select.tsx'
import { toast } from '#ui/toast.ts'
import { DeleteWorkspace } from './delete-workspace.tsx'
import { countryOptions, timeZoneOptions } from './places.ts'
import { RetentionCard } from './retention-card.tsx'
import { SettingsCard, SettingsCardSkeleton } from './settings-card.tsx'

/** Name, place and language of the workspace, and for its owner the way to delete it. */
export function WorkspacePage() {
  const { t } = useTranslation('settings')
  const can = useCan()
  const workspace = useOperation(workspaceOperations.getCurrent, {})
  return (
    <Page>
      <PageHeader title={t('workspace.title')} text={t('workspace.text')} />
      {workspace.error && <ProblemState error={workspace.error} onRetry={() => void workspace.refetch()} />}
      {!workspace.data && !workspace.error && <SettingsCardSkeleton fields={4} />}
      {workspace.data && (
        <>
          {!can('workspace.manage') && <Notice>{t('readOnly')}</Notice>}
          <WorkspaceForm workspace={workspace.data} />
          <RetentionCard workspace={workspace.data} readOnly={!can('workspace.manage')} />
          {can('workspace.own') && <DeleteWorkspace workspace={workspace.data} />}
        </>
      )}
    </Page>
  )
}

const WorkspaceBody = workspaceOperations.update.body.pick({
  name: true,
  country: true,
  timeZone: true,
  language: true,
  currency: true,
})

function valuesOf({ name, country, timeZone, language, currency }: Workspace) {
  return { name, country, timeZone, language, currency }
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('settings')
  const { locale } = useFormat()
  const readOnly = !useCan()('workspace.manage')
  const [now] = useState(() => new Date())
  const form = useZodForm(WorkspaceBody, valuesOf(workspace))
  const save = useAction(workspaceOperations.update, {
    invalidates: ['workspaces.', 'identity.getMe'],
    onSuccess: (saved) => {
      form.reset(valuesOf(saved))
      toast.success(t('saved'))
    },
    onProblem: (problem) => {
      if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  return (
    <SettingsCard
      title={t('workspace.general')}
      text={t('workspace.generalText')}
      onSubmit={(event) => void form.handleSubmit((body) => save.mutate({ body }))(event)}
      dirty={form.formState.isDirty}
      busy={save.isPending}
      onReset={() => form.reset()}
      readOnly={readOnly}
    >
      <Field
        label={t('workspace.name')}
        hint={t('workspace.nameHint')}
        error={fieldError(form, 'name')}
        className="sm:max-w-md"
      >
        <Input maxLength={120} {...form.register('name')} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('workspace.country')} hint={t('workspace.countryHint')}>
          <Controller
            control={form.control}
            name="country"
            render={({ field }) => (
              <Combobox
                options={countryOptions(locale)}
                value={field.value ?? null}
                onValueChange={(value) => value && field.onChange(value)}
                disabled={readOnly}
              />
            )}
          />
        </Field>
        <Field label={t('workspace.timeZone')} hint={t('workspace.timeZoneHint')}>
          <Controller
            control={form.control}
            name="timeZone"
            render={({ field }) => (
              <Combobox
                options={timeZoneOptions(locale, now, workspace.timeZone)}
                value={field.value ?? null}
                onValueChange={(value) => value && field.onChange(value)}
                disabled={readOnly}
              />
            )}
          />
        </Field>
        <Field label={t('workspace.language')} hint={t('workspace.languageHint')}>
          <Controller
            control={form.control}
            name="language"
            render={({ field }) => (
              <Select
                options={languages.map((value) => ({ value, label: languageNames[value] }))}
                value={field.value}
                onValueChange={field.onChange}
                disabled={readOnly}
              />
            )}
          />
        </Field>
        <Field label={t('workspace.currency')} hint={t('workspace.currencyHint')}>
          <Controller
            control={form.control}
            name="currency"
            render={({ field }) => (
              <Select
                options={currencies.map((value) => ({ value, label: t(`currencies.${value}`) }))}
                value={field.value}
                onValueChange={field.onChange}
                disabled={readOnly}
              />
            )}
          />
        </Field>
      </div>
    </SettingsCard>
  )
}

const currencies = ['IDR', 'USD'] as const

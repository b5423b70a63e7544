import { adminOperations, PlatformSettings } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { ProblemState } from '#app/problem-state.tsx'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction, useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import { Switch } from '#ui/switch.tsx'
import { toast } from '#ui/toast.ts'

type Settings = z.output<typeof PlatformSettings>

/** What holds for the whole installation: who may sign up, and what it is called. */
export function PlatformSettingsPage() {
  const { t } = useTranslation('admin')
  const settings = useOperation(adminOperations.getSettings, {})
  return (
    <Page>
      <PageHeader title={t('settings.title')} text={t('settings.text')} />
      {settings.error && <ProblemState error={settings.error} onRetry={() => void settings.refetch()} />}
      {!settings.data && !settings.error && (
        <Card aria-busy="true">
          <Skeleton className="mb-4 h-4 w-40" />
          <SkeletonText lines={3} />
        </Card>
      )}
      {settings.data && (
        <>
          <SignUpCard settings={settings.data} />
          <NameCard settings={settings.data} />
        </>
      )}
    </Page>
  )
}

function SignUpCard({ settings }: { settings: Settings }) {
  const { t } = useTranslation('admin')
  const save = useAction(adminOperations.updateSettings, {
    invalidates: ['admin.getSettings', 'identity.getSetUp'],
    onSuccess: ({ signUpOpen }) =>
      toast.success(signUpOpen ? t('settings.signUpOpened') : t('settings.signUpClosed')),
  })
  const shown = save.isPending
    ? (save.variables.body?.signUpOpen ?? settings.signUpOpen)
    : settings.signUpOpen
  return (
    <Card>
      <Switch
        checked={shown}
        disabled={save.isPending}
        onCheckedChange={(signUpOpen) => save.mutate({ body: { signUpOpen } })}
        label={t('settings.signUp')}
        hint={shown ? t('settings.signUpOn') : t('settings.signUpOff')}
      />
    </Card>
  )
}

const NameForm = PlatformSettings.pick({ productName: true })

function NameCard({ settings }: { settings: Settings }) {
  const { t } = useTranslation('admin')
  const form = useZodForm(NameForm, { productName: settings.productName })
  const save = useAction(adminOperations.updateSettings, {
    invalidates: ['admin.getSettings', 'identity.getSetUp'],
    onSuccess: ({ productName }) => {
      form.reset({ productName })
      toast.success(t('settings.nameSaved'))
    },
    onProblem: (problem) => {
      if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  return (
    <Card>
      <form
        noValidate
        className="flex flex-wrap items-start gap-x-3 gap-y-3"
        onSubmit={(event) => void form.handleSubmit((body) => save.mutate({ body }))(event)}
      >
        <Field
          label={t('settings.name')}
          hint={t('settings.nameHint')}
          error={fieldError(form, 'productName')}
          className="flex-1 basis-64 sm:max-w-md"
        >
          <Input maxLength={60} {...form.register('productName')} />
        </Field>
        <Button
          type="submit"
          tone="primary"
          className="sm:mt-6.5"
          busy={save.isPending}
          disabled={!form.formState.isDirty}
        >
          {t('settings.saveName')}
        </Button>
      </form>
    </Card>
  )
}

import { identityOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import type { BaseSyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { call } from '#app/api.ts'
import { ApiProblem } from '#app/problem.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { shellOperations } from '#app/shell-operations.ts'
import { chooseWorkspace } from '#app/workspace-choice.ts'
import { currentLanguage } from '#i18n/index.ts'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { NewPasswordInput } from '#ui/new-password-input.tsx'
import { Notice } from '#ui/notice.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { ProblemNotice } from './auth-notice.tsx'
import { useAddressValue, useEnter } from './entry.ts'
import { LinkOver } from './link-over.tsx'
import { PublicForm, PublicTask, publicLinkStyle } from './public-task.tsx'
import { emailField } from './sign-in-form.ts'

const SetUpForm = identityOperations.completeSetUp.body
  .omit({ token: true, language: true })
  .extend({ email: emailField })

/** Makes the first platform admin by the one-time link that Siar prints when it starts. */
export function SetUpPage() {
  const { t } = useTranslation('identity')
  const token = useAddressValue('token')
  const setUp = useOperation(shellOperations.getSetUp, {})
  if (setUp.error) return <ProblemState error={setUp.error} onRetry={() => void setUp.refetch()} />
  if (!setUp.data) return <SkeletonText lines={6} />
  if (!setUp.data.needed) return <LinkOver title={t('setUp.done')} text={t('setUp.doneText')} />
  if (!token) {
    return (
      <PublicTask title={t('setUp.noLink')} text={t('setUp.noLinkText')}>
        <Notice>{t('setUp.noLinkHint')}</Notice>
      </PublicTask>
    )
  }
  return <FirstAdminForm token={token} />
}

function FirstAdminForm({ token }: { token: string }) {
  const { t } = useTranslation('identity')
  const { form, submit, action } = useSetUp(token)
  const code = action.error instanceof ApiProblem ? action.error.code : null
  if (code === 'set_up_done') return <LinkOver title={t('setUp.done')} text={t('setUp.doneText')} />
  return (
    <PublicTask
      title={t('setUp.title')}
      text={t('setUp.text')}
      notice={
        code === 'set_up_link_invalid' ? (
          <Notice tone="danger" title={t('setUp.linkOver')}>
            {t('setUp.linkOverText')}
          </Notice>
        ) : (
          <ProblemNotice error={code === 'validation_failed' ? null : action.error} />
        )
      }
      foot={
        <p>
          <Link to="/sign-in" className={publicLinkStyle}>
            {t('links.haveAccount')}
          </Link>
        </p>
      }
    >
      <PublicForm onSubmit={submit} submit={t('setUp.submit')} busy={form.formState.isSubmitting}>
        <Field label={t('fields.name')} error={fieldError(form, 'name')}>
          <Input autoComplete="name" autoFocus maxLength={120} {...form.register('name')} />
        </Field>
        <Field label={t('fields.email')} hint={t('setUp.emailHint')} error={fieldError(form, 'email')}>
          <Input type="email" inputMode="email" autoComplete="username" {...form.register('email')} />
        </Field>
        <Field label={t('fields.password')} error={fieldError(form, 'password')}>
          <NewPasswordInput {...form.register('password')} value={form.watch('password')} />
        </Field>
        <Field
          label={t('fields.workspace')}
          hint={t('setUp.workspaceHint')}
          error={fieldError(form, 'workspaceName')}
        >
          <Input autoComplete="organization" maxLength={120} {...form.register('workspaceName')} />
        </Field>
      </PublicForm>
    </PublicTask>
  )
}

function useSetUp(token: string) {
  const { t } = useTranslation('identity')
  const enter = useEnter()
  const form = useZodForm(SetUpForm, { name: '', email: '', password: '', workspaceName: '' })
  const action = useAction(identityOperations.completeSetUp, {
    onProblem: (problem) => void showIssues(form, problem.issues),
  })
  const welcome = async () => {
    const me = await call(shellOperations.getMe, {})
    const demo = me.workspaces.find((workspace) => workspace.isDemo)
    toast.success(t('setUp.welcome', { name: me.name }), {
      duration: 12_000,
      ...(demo ? { description: t('setUp.welcomeDemo', { name: demo.name }) } : {}),
    })
  }
  const submit = form.handleSubmit(async (body) => {
    const made = await action
      .mutateAsync({ body: { ...body, token, language: currentLanguage() } })
      .catch(() => null)
    if (!made) return
    const { email, password } = body
    const { problem } = await askAuth((fetchOptions) => auth.signIn.email({ email, password, fetchOptions }))
    if (problem) return enter('/sign-in')
    chooseWorkspace(made.workspaceId)
    enter('/')
    await welcome().catch(() => undefined)
  })
  return { form, action, submit: (event: BaseSyntheticEvent) => void submit(event) }
}

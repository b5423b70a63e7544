import { identityOperations } from '@siar/contract'
import type { Me } from '@siar/contract'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { chooseTheme, useTheme } from '#app/theme.ts'
import type { ThemeChoice } from '#app/theme.ts'
import { useViewer } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { changeLanguage } from '#i18n/index.ts'
import { languageNames, languages } from '#i18n/language.ts'
import { Card } from '#ui/card.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Select } from '#ui/select.tsx'
import { toast } from '#ui/toast.ts'
import { timeZoneOptions } from './places.ts'
import { SettingsCard } from './settings-card.tsx'

/** The person's own name, language, zone and currency, the same in every workspace. */
export function ProfilePage() {
  const { t } = useTranslation('settings')
  const { me } = useViewer()
  return (
    <Page>
      <PageHeader title={t('profile.title')} text={t('profile.text')} />
      <ProfileForm me={me} />
      <ThemeCard />
    </Page>
  )
}

const ProfileBody = identityOperations.updateMe.body.omit({ activeWorkspaceId: true })

function valuesOf({ name, language, timeZone, currency }: Me) {
  return { name, language, timeZone, currency }
}

function useProfileForm(me: Me) {
  const { i18n } = useTranslation('settings')
  const form = useZodForm(ProfileBody, valuesOf(me))
  const save = useAction(identityOperations.updateMe, {
    invalidates: ['identity.getMe'],
    onSuccess: (saved) => {
      form.reset(valuesOf(saved))
      void changeLanguage(saved.language).then(() => toast.success(i18n.t('settings:saved')))
    },
    onProblem: (problem) => {
      if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  return { form, save, submit: form.handleSubmit((body) => save.mutate({ body })) }
}

function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation('settings')
  const { locale } = useFormat()
  const [now] = useState(() => new Date())
  const { form, save, submit } = useProfileForm(me)
  return (
    <SettingsCard
      title={t('profile.you')}
      text={t('profile.youText')}
      onSubmit={(event) => void submit(event)}
      dirty={form.formState.isDirty}
      busy={save.isPending}
      onReset={() => form.reset()}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('profile.name')} error={fieldError(form, 'name')}>
          <Input maxLength={120} autoComplete="name" {...form.register('name')} />
        </Field>
        <Field label={t('profile.email')} hint={t('profile.emailHint')}>
          <Input type="email" value={me.email} readOnly />
        </Field>
        <Field label={t('profile.language')}>
          <Controller
            control={form.control}
            name="language"
            render={({ field }) => (
              <Select
                options={languages.map((value) => ({ value, label: languageNames[value] }))}
                value={field.value}
                onValueChange={field.onChange}
              />
            )}
          />
        </Field>
        <Field label={t('profile.timeZone')} hint={t('profile.timeZoneHint')}>
          <Controller
            control={form.control}
            name="timeZone"
            render={({ field }) => (
              <Combobox
                options={timeZoneOptions(locale, now, me.timeZone)}
                value={field.value ?? null}
                onValueChange={(value) => value && field.onChange(value)}
              />
            )}
          />
        </Field>
        <Field label={t('profile.currency')} hint={t('profile.currencyHint')}>
          <Controller
            control={form.control}
            name="currency"
            render={({ field }) => (
              <Select
                options={(['IDR', 'USD'] as const).map((value) => ({
                  value,
                  label: t(`currencies.${value}`),
                }))}
                value={field.value}
                onValueChange={field.onChange}
              />
            )}
          />
        </Field>
      </div>
    </SettingsCard>
  )
}

function ThemeCard() {
  const { t } = useTranslation(['settings', 'app'])
  const { choice } = useTheme()
  return (
    <Card title={t('app:user.theme')} text={t('profile.themeText')}>
      <RadioCards<ThemeChoice>
        columns={3}
        label={t('app:user.theme')}
        value={choice}
        onValueChange={chooseTheme}
        options={(['light', 'dark', 'system'] as const).map((value) => ({
          value,
          title: t(`app:user.themes.${value}`),
        }))}
      />
    </Card>
  )
}

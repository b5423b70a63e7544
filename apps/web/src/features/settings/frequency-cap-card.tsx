import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

/** Highest value of each cap. Source: the contract, WorkspaceSettings.frequencyCap. */
const caps = { perDay: 100, perWeek: 500, afterUnanswered: 100 } as const
type Cap = keyof typeof caps
const capNames = Object.keys(caps) as Cap[]

/** How often one person may hear from this workspace over all campaigns; 0 switches a cap off. */
export function FrequencyCapCard({ workspace, readOnly }: RulesCardProps) {
  const { t } = useTranslation(['settings', 'ui'])
  const saved = workspace.settings.frequencyCap
  const [texts, setTexts] = useState(() => toTexts(saved))
  const save = useSaveRules(({ settings }) => setTexts(toTexts(settings.frequencyCap)))
  const values = {
    perDay: Number(texts.perDay),
    perWeek: Number(texts.perWeek),
    afterUnanswered: Number(texts.afterUnanswered),
  }
  const errorOf = (name: Cap): string | false => {
    if (!/^\d+$/.test(texts[name])) return t('ui:invalid.required')
    return values[name] > caps[name] && t('ui:invalid.tooBig', { count: caps[name] })
  }
  const wrong = capNames.some((name) => errorOf(name) !== false)
  return (
    <SettingsCard
      title={t('rules.cap.title')}
      text={t('rules.cap.text')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) save.mutate({ body: { settings: { frequencyCap: values } } })
      }}
      dirty={capNames.some((name) => texts[name] !== String(saved[name]))}
      busy={save.isPending}
      onReset={() => setTexts(toTexts(saved))}
      readOnly={readOnly}
    >
      <div className="grid gap-5 sm:grid-cols-3">
        {capNames.map((name) => (
          <Field
            key={name}
            label={t(`rules.cap.${name}`)}
            hint={t(`rules.cap.${name}Hint`)}
            error={errorOf(name)}
          >
            <Input
              inputMode="numeric"
              maxLength={3}
              value={texts[name]}
              onChange={(event) => setTexts({ ...texts, [name]: event.target.value.replace(/\D/g, '') })}
            />
          </Field>
        ))}
      </div>
      {!wrong && (
        <ul className="flex flex-col gap-1 rounded-lg bg-sunken px-4 py-3 text-sm text-muted">
          {capNames.map((name) => (
            <li key={name}>
              {values[name] === 0
                ? t(`rules.cap.${name}Off`)
                : t(`rules.cap.${name}Says`, { count: values[name] })}
            </li>
          ))}
        </ul>
      )}
    </SettingsCard>
  )
}

function toTexts(values: Record<Cap, number>): Record<Cap, string> {
  return {
    perDay: String(values.perDay),
    perWeek: String(values.perWeek),
    afterUnanswered: String(values.afterUnanswered),
  }
}

import type { BodyOf, Workspace } from '@siar/contract'
import type { workspaceOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

type Settings = NonNullable<BodyOf<typeof workspaceOperations.update>['settings']>
type Values<Name extends string> = Readonly<Record<Name, number>>

/** One whole number of a rule; 0 switches it off. */
export type NumberRule<Name extends string> = {
  readonly name: Name
  readonly label: string
  readonly hint: string
  /** Least value above 0. */
  readonly min?: number
  readonly max: number
  /** What the rule does, as a sentence. */
  readonly says: (count: number) => string
}

type Props<Name extends string> = RulesCardProps & {
  readonly title: string
  readonly text: string
  readonly rules: readonly NumberRule<Name>[]
  readonly read: (workspace: Workspace) => Values<Name>
  readonly write: (values: Values<Name>) => Settings
}

/** Numbers that are saved together, and below them in words what they mean. */
export function NumberRulesCard<Name extends string>(props: Props<Name>) {
  const { title, text, rules, read, write, workspace, readOnly } = props
  const { t } = useTranslation('ui')
  const saved = read(workspace)
  const [texts, setTexts] = useState(() => toTexts(rules, saved))
  const save = useSaveRules((next) => setTexts(toTexts(rules, read(next))))
  const errorOf = ({ name, min = 0, max }: NumberRule<Name>): string | false => {
    if (!/^\d+$/.test(texts[name])) return t('invalid.required')
    const value = Number(texts[name])
    if (value > 0 && value < min) return t('invalid.tooSmall', { count: min })
    return value > max && t('invalid.tooBig', { count: max })
  }
  const wrong = rules.some((rule) => errorOf(rule) !== false)
  return (
    <SettingsCard
      title={title}
      text={text}
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) save.mutate({ body: { settings: write(toValues(rules, texts)) } })
      }}
      dirty={rules.some(({ name }) => texts[name] !== String(saved[name]))}
      busy={save.isPending}
      onReset={() => setTexts(toTexts(rules, saved))}
      readOnly={readOnly}
    >
      <div className="grid gap-5 sm:grid-cols-3">
        {rules.map((rule) => (
          <Field key={rule.name} label={rule.label} hint={rule.hint} error={errorOf(rule)}>
            <Input
              inputMode="numeric"
              maxLength={String(rule.max).length}
              value={texts[rule.name]}
              onChange={(event) => setTexts({ ...texts, [rule.name]: event.target.value.replace(/\D/g, '') })}
            />
          </Field>
        ))}
      </div>
      {!wrong && (
        <ul className="flex flex-col gap-1 rounded-lg bg-sunken px-4 py-3 text-sm text-muted">
          {rules.map(({ name, says }) => (
            <li key={name}>{says(Number(texts[name]))}</li>
          ))}
        </ul>
      )}
    </SettingsCard>
  )
}

function toTexts<Name extends string>(rules: readonly NumberRule<Name>[], values: Values<Name>) {
  return Object.fromEntries(rules.map(({ name }) => [name, String(values[name])])) as Record<Name, string>
}

function toValues<Name extends string>(rules: readonly NumberRule<Name>[], texts: Record<Name, string>) {
  return Object.fromEntries(rules.map(({ name }) => [name, Number(texts[name])])) as Record<Name, number>
}

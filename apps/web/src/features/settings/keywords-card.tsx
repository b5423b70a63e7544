import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNames } from '#i18n/language.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Switch } from '#ui/switch.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { useSaveRules } from './rules-action.ts'
import type { RulesCardProps } from './rules-action.ts'
import { SettingsCard } from './settings-card.tsx'

const answerLength = 500
const kinds = ['optOut', 'optIn'] as const
const languages = ['id', 'en'] as const

/** Words by which people leave and come back beside those Siar knows, and what they get as an answer. */
export function KeywordsCard({ workspace, readOnly }: RulesCardProps) {
  const { t } = useTranslation('settings')
  const saved = workspace.settings.keywords
  const [draft, setDraft] = useState(() => toDraft(saved))
  const save = useSaveRules(({ settings }) => setDraft(toDraft(settings.keywords)))
  const value = fromDraft(draft)
  const tooMany = (words: readonly string[]) =>
    (words.length > 30 || words.some((word) => word.length < 2 || word.length > 40)) &&
    t('rules.keywords.wordsWrong')
  const wrong = kinds.some((kind) => tooMany(value[kind]) !== false)
  return (
    <SettingsCard
      title={t('rules.keywords.title')}
      text={t('rules.keywords.text')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!wrong) save.mutate({ body: { settings: { keywords: value } } })
      }}
      dirty={JSON.stringify(value) !== JSON.stringify(fromDraft(toDraft(saved)))}
      busy={save.isPending}
      onReset={() => setDraft(toDraft(saved))}
      readOnly={readOnly}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        {kinds.map((kind) => (
          <Field
            key={kind}
            label={t(`rules.keywords.${kind}`)}
            hint={t(`rules.keywords.${kind}Hint`)}
            error={tooMany(value[kind])}
          >
            <Input
              value={draft[kind]}
              onChange={(event) => setDraft({ ...draft, [kind]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <Switch
        checked={draft.answers}
        onCheckedChange={(answers) => setDraft({ ...draft, answers })}
        label={t('rules.keywords.answers')}
        hint={t('rules.keywords.answersHint')}
        disabled={readOnly}
      />
      {draft.answers && (
        <div className="grid gap-5 sm:grid-cols-2">
          {kinds.flatMap((kind) =>
            languages.map((language) => (
              <Field
                key={`${kind}-${language}`}
                label={t(`rules.keywords.${kind}Answer`, { language: languageNames[language] })}
                hint={t('rules.keywords.answerHint')}
              >
                <Textarea
                  rows={3}
                  maxLength={answerLength}
                  placeholder={t(`rules.keywords.${kind}Default`, { lng: language })}
                  value={draft[`${kind}Answer`][language]}
                  onChange={(event) =>
                    setDraft({
                      ...draft,
                      [`${kind}Answer`]: { ...draft[`${kind}Answer`], [language]: event.target.value },
                    })
                  }
                />
              </Field>
            )),
          )}
        </div>
      )}
    </SettingsCard>
  )
}

type Keywords = RulesCardProps['workspace']['settings']['keywords']
type Draft = Omit<Keywords, 'optOut' | 'optIn'> & { optOut: string; optIn: string }

const toDraft = (saved: Keywords): Draft => ({
  ...saved,
  optOut: saved.optOut.join(', '),
  optIn: saved.optIn.join(', '),
})

const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  ),
]

const trimmed = ({ id, en }: { id: string; en: string }) => ({ id: id.trim(), en: en.trim() })

function fromDraft({ optOut, optIn, answers, optOutAnswer, optInAnswer }: Draft): Keywords {
  return {
    optOut: wordsOf(optOut),
    optIn: wordsOf(optIn),
    answers,
    optOutAnswer: trimmed(optOutAnswer),
    optInAnswer: trimmed(optInAnswer),
  }
}

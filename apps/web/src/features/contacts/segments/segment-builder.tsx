import type { Segment } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { draftOf, newGroup } from './draft-rule.ts'
import { PreviewCard } from './preview-card.tsx'
import { RuleGroup } from './rule-group.tsx'
import { usePreview } from './use-preview.ts'
import { useJudged } from './use-judged.ts'
import { useSaveSegment } from './use-save-segment.ts'
import type { SegmentWords } from './use-segment-words.ts'
import { useSummary } from './use-summary.ts'

export type SegmentBuilderProps = { segment: Segment | null; words: SegmentWords }

/** Name, rule and what the rule finds, side by side. */
export function SegmentBuilder({ segment, words }: SegmentBuilderProps) {
  const { t } = useTranslation('segments')
  const [name, setName] = useState(segment?.name ?? '')
  const [description, setDescription] = useState(segment?.description ?? '')
  const [group, setGroup] = useState(() => (segment ? draftOf(segment.rule) : newGroup()))
  const [attempted, setAttempted] = useState(false)
  const { rule, problems, isFinished } = useJudged(group, words, attempted)
  const { save, isSaving, nameProblem, clearNameProblem } = useSaveSegment(segment?.id ?? null)
  const preview = usePreview(isFinished ? rule : null)
  const summary = useSummary(words)(rule)
  const format = useFormat()
  const submit = () => {
    setAttempted(true)
    if (isFinished) save({ name, description, rule })
  }
  return (
    <form
      noValidate
      className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="flex min-w-0 flex-col gap-6">
        {segment && segment.problems.length > 0 && (
          <Notice tone="warn" title={t('brokenTitle')}>
            {t('brokenText')}
          </Notice>
        )}
        <Card title={t('about')}>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('name')} hint={t('nameHint')} error={nameProblem} required>
              <Input
                value={name}
                maxLength={120}
                autoComplete="off"
                onChange={(event) => {
                  clearNameProblem()
                  setName(event.target.value)
                }}
              />
            </Field>
            <Field label={t('description')} optional>
              <Input
                value={description}
                maxLength={500}
                autoComplete="off"
                onChange={(event) => setDescription(event.target.value)}
              />
            </Field>
          </div>
        </Card>
        <Card title={t('rule')}>
          <div className="flex flex-col gap-4">
            <div className="rounded-md bg-sunken px-3 py-2 text-sm text-pretty">
              <p aria-live="polite">{summary}</p>
              {isFinished && preview.data && (
                <p className="font-semibold tabular-nums lg:hidden">
                  {format.number(preview.data.contacts)}{' '}
                  {t('preview.people', { count: preview.data.contacts })}
                </p>
              )}
            </div>
            <RuleGroup group={group} depth={1} onChange={setGroup} problems={problems} words={words} />
          </div>
        </Card>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" tone="primary" busy={isSaving}>
            {t('save')}
          </Button>
          {attempted && !isFinished && (
            <p role="alert" className="text-sm text-danger-ink">
              {t('mend')}
            </p>
          )}
        </div>
      </div>
      <PreviewCard preview={preview} isFinished={isFinished} />
    </form>
  )
}

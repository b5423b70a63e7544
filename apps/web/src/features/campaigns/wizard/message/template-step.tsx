import { useTranslation } from 'react-i18next'
import type { Template } from '@siar/contract'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { PhonePreview } from '#ui/phone-preview.tsx'
import { exampleMessage } from './example-message.ts'
import type { StepProps } from '../step-props.ts'
import { TemplatePicker } from './template-picker.tsx'
import { trackAt } from './track-at.ts'
import { TrackLinks } from './track-links.tsx'
import { useBubbleMedia } from './use-bubble-media.ts'
import { VariableFields, openVariables } from './variable-fields.tsx'

export function TemplateStep({ draft, template, templates, gaps, onChange }: StepProps) {
  const { t, i18n } = useTranslation('wizard')
  const format = useFormat()
  const media = useBubbleMedia(template?.media ?? null)
  const pick = (chosen: Template) =>
    onChange({
      templateId: chosen.id,
      purpose: chosen.purpose,
      ...(draft.name.trim() === ''
        ? { name: t('template.nameFrom', { template: chosen.name, day: format.date(Date.now()) }) }
        : {}),
    })
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Card title={t('template.choose')} text={t('template.chooseText')}>
          <TemplatePicker chosenId={draft.templateId} onPick={pick} />
        </Card>
        {template && openVariables(template).length > 0 && (
          <Card title={t('variables.title')} text={t('variables.text')}>
            <VariableFields
              draft={draft}
              template={template}
              showMissing={gaps.includes('variables')}
              onChange={onChange}
            />
          </Card>
        )}
        <TrackLinks draft={draft} templates={templates} onChange={onChange} />
        <Card>
          <Field
            label={t('template.name')}
            hint={t('template.nameHint')}
            error={gaps.includes('name') ? t('gaps.name') : undefined}
            required
          >
            <Input
              value={draft.name}
              maxLength={120}
              autoComplete="off"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
        </Card>
      </div>
      <aside className="lg:sticky lg:top-8">
        <PhonePreview
          text={
            template
              ? exampleMessage(template, {
                  values: draft.variables,
                  language: i18n.language,
                  trackAt: trackAt(draft),
                })
              : ''
          }
          media={media}
        />
      </aside>
    </div>
  )
}

import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { Field } from '#ui/field.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { PhonePreview } from '#ui/phone-preview.tsx'
import { Select } from '#ui/select.tsx'
import { exampleMessage } from '../message/example-message.ts'
import { trackAt } from '../message/track-at.ts'
import { useBubbleMedia } from '../message/use-bubble-media.ts'
import type { ComparisonProps } from './comparison-props.ts'
import { groupsOf } from './experiment.ts'
import type { Variant } from './experiment.ts'
import { useDelayOptions } from './use-delay-options.ts'
import { VariantTemplate } from './variant-template.tsx'

export type VariantCardProps = ComparisonProps & {
  variant: Variant
  onVariant: (variant: Variant) => void
  /** Undefined while it may not be taken away. */
  onRemove: (() => void) | undefined
}

/** One of the compared messages: its text, its time, and how it looks on a phone. */
export function VariantCard(props: VariantCardProps) {
  const { draft, templates, experiment, variant, onVariant, onRemove } = props
  const { t, i18n } = useTranslation('wizard')
  const format = useFormat()
  const template = templates.get(variant.templateId ?? draft.templateId ?? '') ?? null
  const media = useBubbleMedia(template?.media ?? null)
  const delays = useDelayOptions(draft.schedule, variant.delayMinutes)
  const share = groupsOf(experiment).find(({ key }) => key === variant.key)?.share ?? 0
  const example = { values: draft.variables, language: i18n.language, trackAt: trackAt(draft) }
  return (
    <li className="flex min-w-0 flex-col gap-4 rounded-lg border border-line p-4">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="flex-1 text-sm font-semibold">{t('compare.group.variant', { key: variant.key })}</h3>
        <Badge tone="accent">{format.percent(share, 0)}</Badge>
        {onRemove && (
          <IconButton
            size="sm"
            label={t('compare.remove', { key: variant.key })}
            icon={<X aria-hidden />}
            onClick={onRemove}
          />
        )}
      </div>
      <VariantTemplate
        templateId={variant.templateId}
        own={draft.templateId === null ? null : (templates.get(draft.templateId) ?? null)}
        chosen={template}
        onChange={(templateId) => onVariant({ ...variant, templateId })}
      />
      <Field label={t('compare.leaves')}>
        <Select
          value={String(variant.delayMinutes)}
          onValueChange={(minutes) => onVariant({ ...variant, delayMinutes: Number(minutes) })}
          options={delays}
        />
      </Field>
      <PhonePreview
        className="h-auto max-h-112 min-h-64"
        text={template ? exampleMessage(template, example) : ''}
        media={media}
      />
    </li>
  )
}

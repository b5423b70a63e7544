import type { Campaign, Forecast, Template } from '@siar/contract'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#ui/icon-button.tsx'
import { PhonePreview } from '#ui/phone-preview.tsx'
import { exampleMessage } from '../message/example-message.ts'
import { trackAt } from '../message/track-at.ts'
import { useBubbleMedia } from '../message/use-bubble-media.ts'

export type SampleMessagesProps = {
  /** Real people with their message; undefined while they are being made. */
  samples: Forecast['samples'] | undefined
  template: Template | null
  campaign: Campaign
}

/** Messages as real recipients will see them, one at a time. */
export function SampleMessages({ samples, template, campaign }: SampleMessagesProps) {
  const { t, i18n } = useTranslation(['wizard', 'ui'])
  const [at, setAt] = useState(0)
  const media = useBubbleMedia(template?.media ?? null)
  const count = samples?.length ?? 0
  const sample = samples?.[Math.min(at, count - 1)]
  const example = template
    ? exampleMessage(template, {
        values: campaign.variables,
        language: i18n.language,
        trackAt: trackAt(campaign),
      })
    : ''
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <p className="min-w-0 truncate text-sm" aria-live="polite">
          {sample ? t('review.sampleOf', { name: sample.contactName }) : t('review.example')}
        </p>
        {count > 1 && (
          <span className="flex shrink-0 items-center text-xs text-subtle tabular-nums">
            <IconButton
              size="sm"
              label={t('ui:actions.previous')}
              icon={<ChevronLeft aria-hidden />}
              onClick={() => setAt((at + count - 1) % count)}
            />
            {at + 1}/{count}
            <IconButton
              size="sm"
              label={t('ui:actions.next')}
              icon={<ChevronRight aria-hidden />}
              onClick={() => setAt((at + 1) % count)}
            />
          </span>
        )}
      </div>
      <PhonePreview text={sample?.text ?? example} media={media} />
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { Switch } from '#ui/switch.tsx'
import type { StepProps } from '../step-props.ts'
import { hasLinks } from './example-message.ts'

type TrackLinksProps = Pick<StepProps, 'draft' | 'templates' | 'onChange'>

/** Whether clicks are counted; asked only where a message has a link, or where they are counted already. */
export function TrackLinks({ draft, templates, onChange }: TrackLinksProps) {
  const { t } = useTranslation('wizard')
  const isLinked = [...templates.values()].some((template) => hasLinks(template, draft.variables))
  if (!isLinked && !draft.trackLinks) return null
  return (
    <Card>
      <Switch
        checked={draft.trackLinks}
        onCheckedChange={(trackLinks) => onChange({ trackLinks })}
        label={t('links.track')}
        hint={t('links.trackText')}
      />
    </Card>
  )
}

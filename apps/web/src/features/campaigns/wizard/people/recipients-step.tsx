import { BadgeCheck, ListChecks, Megaphone, ReceiptText, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { AudienceFields } from './audience-fields.tsx'
import { includesEveryone } from './audience-rules.ts'
import type { StepProps } from '../step-props.ts'
import { WithRecap } from '../with-recap.tsx'

export function RecipientsStep(props: StepProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  return (
    <WithRecap {...props}>
      <PurposeCard {...props} />
      <IncludeCard {...props} />
      <ExcludeCard {...props} />
      <p className="flex items-start gap-2 text-xs text-pretty text-subtle">
        <BadgeCheck className="mt-px size-4 shrink-0" aria-hidden />
        {t('wizard:audience.frozen')}
      </p>
    </WithRecap>
  )
}

function PurposeCard({ draft, template, onChange }: StepProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const mustBeMarketing = template?.purpose === 'marketing'
  return (
    <Card title={t('wizard:purpose.title')} text={t('wizard:purpose.text')}>
      <RadioCards
        label={t('wizard:purpose.title')}
        value={draft.purpose}
        onValueChange={(purpose) => onChange({ purpose })}
        options={[
          {
            value: 'marketing',
            title: t('purpose.marketing'),
            text: t('wizard:purpose.marketing'),
            icon: <Megaphone />,
          },
          {
            value: 'service',
            title: t('purpose.service'),
            text: mustBeMarketing ? t('wizard:purpose.notService') : t('wizard:purpose.service'),
            icon: <ReceiptText />,
            disabled: mustBeMarketing,
          },
        ]}
      />
    </Card>
  )
}

type Reach = 'everyone' | 'chosen'

function IncludeCard({ draft, gaps, onChange }: StepProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const { audience } = draft
  const [reach, setReach] = useState<Reach | null>(
    includesEveryone(audience.include) ? 'everyone' : audience.include.length > 0 ? 'chosen' : null,
  )
  const choose = (next: Reach) => {
    setReach(next)
    onChange({ audience: { ...audience, include: next === 'everyone' ? [{ kind: 'everyone' }] : [] } })
  }
  return (
    <Card title={t('wizard:audience.include')} text={t('wizard:audience.includeText')}>
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('wizard:audience.include')}
          value={reach}
          onValueChange={choose}
          options={[
            {
              value: 'everyone',
              title: t('wizard:audience.everyone'),
              text: t(`wizard:audience.everyoneText.${draft.purpose}`),
              icon: <Users />,
            },
            {
              value: 'chosen',
              title: t('wizard:audience.chosen'),
              text: t('wizard:audience.chosenText'),
              icon: <ListChecks />,
            },
          ]}
        />
        {reach === 'chosen' && (
          <AudienceFields
            rules={audience.include}
            onChange={(include) => onChange({ audience: { ...audience, include } })}
          />
        )}
        {gaps.includes('audience') && (
          <p className="text-xs font-medium text-danger-ink" role="alert">
            {t('wizard:gaps.audience')}
          </p>
        )}
      </div>
    </Card>
  )
}

function ExcludeCard({ draft, onChange }: StepProps) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const { audience } = draft
  const [open, setOpen] = useState(audience.exclude.length > 0)
  return (
    <Card
      title={t('wizard:audience.exclude')}
      text={t('wizard:audience.excludeText')}
      aside={
        !open && (
          <Button size="sm" onClick={() => setOpen(true)}>
            {t('wizard:audience.excludeOpen')}
          </Button>
        )
      }
    >
      {open ? (
        <AudienceFields
          rules={audience.exclude}
          onChange={(exclude) => onChange({ audience: { ...audience, exclude } })}
        />
      ) : (
        <p className="text-sm text-subtle">{t('wizard:audience.excludeNone')}</p>
      )}
    </Card>
  )
}

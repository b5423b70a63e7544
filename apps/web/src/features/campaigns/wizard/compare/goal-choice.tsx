import { CheckCheck, MessageCircleReply, MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { GapLine, Group } from '../group.tsx'
import { hasLinks } from '../message/example-message.ts'
import type { ComparisonProps } from './comparison-props.ts'

const icons = { read: <CheckCheck />, reply: <MessageCircleReply />, click: <MousePointerClick /> }
const goals = ['read', 'reply', 'click'] as const

/** What makes one message better than another. Choosing clicks has them counted. */
export function GoalChoice({ draft, templates, experiment, onExperiment, onChange }: ComparisonProps) {
  const { t } = useTranslation('wizard')
  const isLinked = [...templates.values()].some((template) => hasLinks(template, draft.variables))
  const isUncounted = experiment.goal === 'click' && !draft.trackLinks
  return (
    <Group label={t('compare.goal')}>
      <RadioCards
        label={t('compare.goal')}
        columns={3}
        value={experiment.goal}
        onValueChange={(goal) => {
          if (goal !== 'click') return onExperiment({ goal })
          onChange({ experiment: { ...experiment, goal }, trackLinks: true })
        }}
        options={goals.map((goal) => ({
          value: goal,
          title: t(`compare.goals.${goal}`),
          text: goal === 'click' && !isLinked ? t('compare.noLinks') : t(`compare.goalText.${goal}`),
          icon: icons[goal],
          disabled: goal === 'click' && !isLinked && experiment.goal !== 'click',
        }))}
      />
      {isUncounted && (
        <GapLine
          action={
            <Button size="sm" onClick={() => onChange({ trackLinks: true })}>
              {t('compare.countClicks')}
            </Button>
          }
        >
          {t('gaps.clickLinks')}
        </GapLine>
      )}
    </Group>
  )
}

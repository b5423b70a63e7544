import { CompareCard } from '../compare/compare-card.tsx'
import { BudgetCard } from '../senders/budget-card.tsx'
import { PacingCard } from '../senders/pacing-card.tsx'
import { SendersCard } from '../senders/senders-card.tsx'
import type { StepProps } from '../step-props.ts'
import { WithRecap } from '../with-recap.tsx'
import { StartCard } from './start-card.tsx'

export function ScheduleStep(props: StepProps) {
  return (
    <WithRecap {...props}>
      <StartCard {...props} />
      <SendersCard {...props} />
      <PacingCard {...props} />
      <BudgetCard {...props} />
      <CompareCard {...props} />
    </WithRecap>
  )
}

import type { Experiment } from '@siar/contract'
import type { StepProps } from '../step-props.ts'

/** What every part of a comparison is given. */
export type ComparisonProps = StepProps & {
  experiment: Experiment
  onExperiment: (patch: Partial<Experiment>) => void
}

import type { Template } from '@siar/contract'
import type { Draft, Gap } from './draft.ts'

/** What every editing step of the wizard is given. */
export type StepProps = {
  draft: Draft
  /** The chosen template, once it is known. */
  template: Template | null
  /** What keeps the next step closed, after a first try. */
  gaps: readonly Gap[]
  onChange: (patch: Partial<Draft>) => void
}

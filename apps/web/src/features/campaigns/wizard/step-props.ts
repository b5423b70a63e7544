import type { Forecast, Template } from '@siar/contract'
import type { Draft } from './draft.ts'
import type { Gap, Known } from './gaps.ts'

/** What every editing step of the wizard is given. */
export type StepProps = {
  draft: Draft
  /** The chosen template, once it is known. */
  template: Template | null
  /** Every chosen template, those of variants too, as far as they are known. */
  templates: Known['templates']
  /** The forecast of the draft as it was last saved; undefined while none is asked for or on its way. */
  forecast: Forecast | undefined
  /** What keeps the next step closed, after a first try. */
  gaps: readonly Gap[]
  onChange: (patch: Partial<Draft>) => void
}

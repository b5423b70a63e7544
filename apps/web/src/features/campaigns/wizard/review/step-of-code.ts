import type { StepId } from '../draft.ts'

const places: readonly (readonly [RegExp, StepId])[] = [
  [/template|message|variable|text|link|media|opt_out|identical|shouting/, 'template'],
  [/recipient|audience|consent|nobody/, 'recipients'],
  [/sender|schedule|pacing|quiet|cap/, 'schedule'],
]

/** The step in which a blocker or a warning can be put right; null when no step can. */
export function stepOfCode(code: string): StepId | null {
  return places.find(([pattern]) => pattern.test(code))?.[1] ?? null
}

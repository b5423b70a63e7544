import type { StepId } from '../draft.ts'

/** The first that fits decides: a variant without a message is put right where messages are compared. */
const places: readonly (readonly [RegExp, StepId])[] = [
  [/variant|experiment|budget|recurrence|weights|sender|schedule|pacing|quiet|caps/, 'schedule'],
  [/template|message|variable|text|link|media|opt_out|identical|shouting/, 'template'],
  [/recipient|audience|segment|consent|nobody/, 'recipients'],
]

/** The step in which a blocker or a warning can be put right; null when no step can. */
export function stepOfCode(code: string): StepId | null {
  return places.find(([pattern]) => pattern.test(code))?.[1] ?? null
}

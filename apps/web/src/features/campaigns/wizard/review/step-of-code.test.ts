import type { ErrorCode } from '@siar/domain'
import { expect, test } from 'vitest'
import { stepOfCode } from './step-of-code.ts'

test.each<[ErrorCode, string | null]>([
  ['campaign_no_message', 'template'],
  ['campaign_no_recipients', 'recipients'],
  ['campaign_segment_unusable', 'recipients'],
  ['campaign_no_sender', 'schedule'],
  ['campaign_weights_zero', 'schedule'],
  ['campaign_budget_spent', 'schedule'],
  ['variant_no_message', 'schedule'],
  ['experiment_too_small', 'schedule'],
  ['recurrence_never', 'schedule'],
  ['schedule_in_past', 'schedule'],
  ['quota_used_up', null],
])('%s is put right in the step %s', (code, step) => {
  expect(stepOfCode(code)).toBe(step)
})

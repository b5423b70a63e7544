import { describe, expect, test } from 'vitest'
import { refusalReasons } from '@siar/domain'
import type { RefusalAction } from '@siar/domain'
import type { GraphError } from './graph-error.ts'
import { readGraphError } from './graph-error.ts'
import { refusalOf, refusedOutcome } from './refusal-table.ts'

const error = (given: Partial<GraphError>): GraphError => ({
  httpStatus: 400,
  code: null,
  subcode: null,
  details: null,
  sentence: null,
  retryAfterMs: null,
  ...given,
})

/** channels.md §1, line by line. */
const actions: Readonly<Partial<Record<RefusalAction, readonly number[]>>> = {
  slow_sender: [130429],
  delay_recipient: [131056],
  stop_campaign_on_sender: [131048],
  cool_recipient: [131049],
  opt_out: [131050],
  drop_recipient: [131026, 130472, 131021, 131062],
  needs_template: [131047],
  stop_account: [131042, 131031, 368, 130497],
  stop_sender: [131045, 133010, 190, 3, 10, 200, 250, 299, 131005, 131037, 33],
  retry_later: [131057, 4, 613, 80007],
  settle: [131000, 131016, 1, 2],
  our_fault: [100, 131008, 131009, 131051],
  upload_again: [131052, 131053],
  stop_campaign: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069],
}

describe('refusals of Meta', () => {
  for (const [action, codes] of Object.entries(actions)) {
    test.each(codes)(`%d means ${action}`, (code) => {
      const refusal = refusalOf(error({ code }))
      expect(refusal.action).toBe(action)
      expect(refusalReasons[refusal.reason].action).toBe(action)
    })
  }

  test('an object that may not be seen stops the sender, not the message', () => {
    expect(refusalOf(error({ code: 100, subcode: 33 })).action).toBe('stop_sender')
    expect(refusalOf(error({ code: 100 })).action).toBe('our_fault')
  })

  test('a code nobody knows drops the recipient, and settles when Meta itself failed', () => {
    expect(refusalOf(error({ code: 999_999 }))).toMatchObject({ reason: 'other', action: 'drop_recipient' })
    expect(refusalOf(error({ code: 999_999, httpStatus: 503 })).action).toBe('settle')
  })

  test('without a code the status decides, and an answer of a gateway in between tells nothing', () => {
    expect(refusedOutcome(error({ httpStatus: 401 }))).toMatchObject({ action: 'stop_sender' })
    expect(refusedOutcome(error({ httpStatus: 429 }))).toMatchObject({ action: 'slow_sender' })
    expect(refusedOutcome(error({ httpStatus: 502 }))).toMatchObject({ action: 'settle' })
    expect(refusedOutcome(error({ httpStatus: 403 }))).toEqual({
      kind: 'unknown',
      reason: 'unexpected_answer',
    })
  })

  test('the wait that Meta asks for wins over the usual one', () => {
    expect(refusalOf(error({ code: 131057 })).retryAfterMs).toBe(60_000)
    expect(refusalOf(error({ code: 131056 })).retryAfterMs).toBe(4_000)
    const now = Date.parse('2026-11-30T10:00:00Z')
    const read = (headers: Record<string, string>): number | null =>
      readGraphError(429, headers, {}, now).retryAfterMs
    expect(read({ 'retry-after': '7' })).toBe(7_000)
    expect(read({ 'retry-after': 'Mon, 30 Nov 2026 10:00:30 GMT' })).toBe(30_000)
    expect(read({ 'retry-after': 'soon' })).toBeNull()
    expect(read({ 'x-business-use-case-usage': '{"1":[{"estimated_time_to_regain_access":3}]}' })).toBe(
      180_000,
    )
    expect(read({ 'retry-after': '999999999' })).toBe(3_600_000)
  })
})

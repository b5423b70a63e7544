import { describe, expect, test } from 'vitest'
import { delayReasons } from './delay-reason.ts'
import { errorTable } from './error-table.ts'
import { AppError, isAppError, isErrorCode } from './errors.ts'
import { phoneProblems } from './phone-problem.ts'
import { recipientAfterRefusal, refusalActions, refusalReasons } from './refusal.ts'
import { isSkipReason, skipReasons } from './skip-reason.ts'
import { templateErrorTexts } from './template/template-error.ts'

const tables = { errorTable, skipReasons, delayReasons, refusalReasons, phoneProblems, templateErrorTexts }

describe.each(Object.entries(tables))('%s', (_name, table) => {
  test('says everything as a whole sentence in both languages', () => {
    for (const [code, text] of Object.entries<{ id: string; en: string }>(table)) {
      expect(code).toMatch(/^[a-z][a-z_]*$/)
      for (const sentence of [text.id, text.en]) expect(sentence).toMatch(/^\p{Lu}.*[.]$/su)
      expect(text.id).not.toBe(text.en)
    }
  })
})

test('every error has a client or server status, and only ours are logged as errors', () => {
  for (const { status, level } of Object.values(errorTable)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(level === 'error').toBe(status === 500)
  }
})

test('AppError carries code and details, keeps its cause and says the reason to the log', () => {
  const cause = new Error('vendor')
  const error = new AppError('sender_in_use', { reason: 'two campaigns', campaigns: 2 }, { cause })
  expect(error).toMatchObject({ name: 'AppError', code: 'sender_in_use', details: { campaigns: 2 }, cause })
  expect(error.message).toBe('sender_in_use: two campaigns')
  expect(isAppError(error)).toBe(true)
  expect(isAppError(cause)).toBe(false)
  expect(isErrorCode('toString')).toBe(false)
  expect(isSkipReason('constructor')).toBe(false)
})

test('every refusal action leaves the recipient in a status that dispatching may move to', () => {
  for (const action of refusalActions)
    expect(['queued', 'refused', 'unknown']).toContain(recipientAfterRefusal(action))
  expect(recipientAfterRefusal('settle')).toBe('unknown')
  expect(recipientAfterRefusal('cool_recipient')).toBe('queued')
  expect(recipientAfterRefusal('opt_out')).toBe('refused')
})

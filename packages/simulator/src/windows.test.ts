import { describe, expect, test } from 'vitest'
import { createWindows } from './windows.ts'

const hourMs = 3_600_000
const person = '+6281200000001'

describe('windows', () => {
  test('a message opens 24 hours, and each one opens them anew', () => {
    const windows = createWindows()
    expect(windows.stateOf(person, 0)).toBe('closed')
    windows.heard(person, 0, false)
    expect(windows.stateOf(person, 24 * hourMs - 1)).toBe('service')
    expect(windows.stateOf(person, 24 * hourMs)).toBe('closed')
    windows.heard(person, 30 * hourMs, false)
    expect(windows.stateOf(person, 53 * hourMs)).toBe('service')
    windows.answered(person, 53 * hourMs)
    expect(windows.stateOf(person, 54 * hourMs)).toBe('closed')
  })

  test('a click on an advertisement opens 72 free hours once it is answered within a day', () => {
    const windows = createWindows()
    windows.heard(person, 0, true)
    expect(windows.stateOf(person, hourMs)).toBe('service')
    windows.answered(person, 2 * hourMs)
    expect(windows.stateOf(person, 74 * hourMs - 1)).toBe('free_entry_point')
    windows.answered(person, 10 * hourMs)
    expect(windows.stateOf(person, 74 * hourMs)).toBe('closed')
  })

  test('an answer that comes after a day opens nothing', () => {
    const windows = createWindows()
    windows.heard(person, 0, true)
    windows.answered(person, 25 * hourMs)
    expect(windows.stateOf(person, 25 * hourMs)).toBe('closed')
  })
})

import { expect, test } from 'vitest'
import { mappingProblem, newFieldTarget, withTarget } from './import-targets.ts'

test('a target moved to another column leaves the first one', () => {
  expect(withTarget(['phone', 'full_name', 'ignore'], 2, 'phone')).toEqual(['ignore', 'full_name', 'phone'])
})

test('any number of columns may be ignored', () => {
  expect(withTarget(['phone', 'ignore', 'email'], 2, 'ignore')).toEqual(['phone', 'ignore', 'ignore'])
})

test('any number of columns may hold further numbers of the same person', () => {
  const mapping = ['phone', 'other_phone', 'email']
  expect(withTarget(mapping, 2, 'other_phone')).toEqual(['phone', 'other_phone', 'other_phone'])
})

test('a mapping without a column of numbers cannot go on', () => {
  expect(mappingProblem(['full_name', 'ignore'])).toBe('no_phone')
  expect(mappingProblem(['full_name', 'phone'])).toBeNull()
})

test('a new field is named after its column, within the length of a label', () => {
  expect(newFieldTarget('  Kota ')).toBe('new:Kota')
  expect(newFieldTarget('x'.repeat(90))).toHaveLength(64)
})

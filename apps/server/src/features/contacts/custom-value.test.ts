import { expect, test } from 'vitest'
import type { CustomFieldType } from './custom-value.ts'
import { readCustomValue } from './custom-value.ts'

const read = (type: CustomFieldType, raw: string) =>
  readCustomValue({ key: 'k', type, choices: ['Merah', 'Biru'] }, raw)

test.each([
  ['number', '1.250.000', 1_250_000],
  ['number', '1,250.50', 1250.5],
  ['number', '1.250,50', 1250.5],
  ['number', '12,5', 12.5],
  ['number', 'Rp 75.000', 75_000],
  ['number', '-3', -3],
  ['number', 'banyak', null],
  ['date', '03/09/1997', '1997-09-03'],
  ['date', '1997-9-3', '1997-09-03'],
  ['date', '31/02/2020', null],
  ['date', 'besok', null],
  ['choice', 'merah', 'Merah'],
  ['choice', 'hijau', null],
  ['yes_no', 'Ya', true],
  ['yes_no', 'tidak', false],
  ['yes_no', 'mungkin', null],
  ['text', '  halo ', 'halo'],
  ['text', '   ', null],
] as const)('%s %j is read as %j', (type, raw, value) => {
  expect(read(type, raw)).toBe(value)
})

import { expect, test } from 'vitest'
import { completeNames } from './names.ts'

test.each([
  [{ fullName: ' Siti  Nur Aini ' }, ['Siti Nur Aini', 'Siti', 'Nur Aini']],
  [{ fullName: 'Suharto' }, ['Suharto', 'Suharto', '']],
  [{ firstName: 'Budi', lastName: 'Santoso' }, ['Budi Santoso', 'Budi', 'Santoso']],
  [{ lastName: 'Santoso' }, ['Santoso', '', 'Santoso']],
  [{ fullName: 'Siti Nur Aini', firstName: 'Siti Nur' }, ['Siti Nur Aini', 'Siti Nur', 'Aini']],
  [{ fullName: 'Siti Nur Aini', lastName: 'aini' }, ['Siti Nur Aini', 'Siti Nur', 'aini']],
  [{ fullName: 'Toko Maju', firstName: 'Budi' }, ['Toko Maju', 'Budi', '']],
  [{}, ['', '', '']],
])('names are completed from those that were given: %o', (given, [fullName, firstName, lastName]) => {
  expect(completeNames(given)).toEqual({ fullName, firstName, lastName })
})

import { expect, test } from 'vitest'
import { linesOf } from './access-checks.ts'

test('a value that was tried twice shows its worse outcome, once', () => {
  expect(
    linesOf([
      { field: 'wabaId', state: 'good', problem: null },
      { field: 'accessToken', state: 'good', problem: null },
      { field: 'accessToken', state: 'wrong', problem: 'permission_missing' },
      { field: 'webhooks', state: 'not_checked', problem: 'not_subscribed' },
    ]),
  ).toEqual([
    { field: 'accessToken', state: 'wrong', problem: 'permission_missing' },
    { field: 'wabaId', state: 'good', problem: null },
    { field: 'webhooks', state: 'not_checked', problem: 'not_subscribed' },
  ])
})

import { expect, test } from 'vitest'
import { safeNextPath } from './next-path.ts'

test.each(['/contacts', '/contacts?search=rina#top', '/invitations/inv_0', '/'])(
  'a path of the dashboard is kept: %s',
  (path) => expect(safeNextPath(path)).toBe(path),
)

test.each([
  null,
  '',
  'contacts',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
])('nothing leads to another site: %s', (path) => expect(safeNextPath(path)).toBe('/'))

test('signing in never leads back to signing in', () => {
  expect(safeNextPath('/sign-in?next=/x')).toBe('/')
  expect(safeNextPath('/sign-ins')).toBe('/sign-ins')
})

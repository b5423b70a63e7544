import { describe, expect, test } from 'vitest'
import { buildUrl } from './operation.ts'

describe('buildUrl', () => {
  test('fills and escapes path parameters', () => {
    expect(buildUrl('/api/v1/contacts/:contactId/notes', { contactId: 'a/b c' }, undefined)).toBe(
      '/api/v1/contacts/a%2Fb%20c/notes',
    )
  })

  test('repeats arrays, keeps false and 0, and leaves out what is empty', () => {
    expect(
      buildUrl('/x', undefined, {
        tag: ['a', 'b'],
        limit: 0,
        on: false,
        cursor: undefined,
        search: '',
        q: null,
      }),
    ).toBe('/x?tag=a&tag=b&limit=0&on=false')
  })

  test('refuses to call a path whose parameter is missing', () => {
    expect(() => buildUrl('/x/:id', {}, undefined)).toThrow('needs id')
  })
})

import { expect, test } from 'vitest'
import { findLinks } from './mail-links.ts'

test('every link is found once, as it must be opened', () => {
  const text =
    'Open http://localhost:3000/reset-password?token=a.b_c-d.\nOr (https://siar.example/sign-in), again https://siar.example/sign-in'
  expect(findLinks(text)).toEqual([
    'http://localhost:3000/reset-password?token=a.b_c-d',
    'https://siar.example/sign-in',
  ])
})

test('a mail without links has none', () => {
  expect(findLinks('Kata sandi Anda diubah.')).toEqual([])
})

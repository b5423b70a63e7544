import { describe, expect, test } from 'vitest'
import { passwordStrength } from './password-strength.ts'

describe('passwordStrength', () => {
  test('below ten characters a password is too short, whatever it is made of', () => {
    expect(passwordStrength('')).toBe('short')
    expect(passwordStrength('aB3$xY9!q')).toBe('short')
  })

  test.each(['aaaaaaaaaaaa', '1234567890', 'password2024', 'Rahasia123', 'qwertyqwerty'])(
    'what people guess first is weak: %s',
    (password) => expect(passwordStrength(password)).toBe('weak'),
  )

  test.each(['kopi senja pagi laut', 'T7r$kq!0vLz2mW'])('long and uneven is strong: %s', (password) =>
    expect(passwordStrength(password)).toBe('strong'),
  )

  test('counts characters as people see them, not code units', () => {
    expect(passwordStrength('😀😀😀😀😀😀')).toBe('short')
  })
})

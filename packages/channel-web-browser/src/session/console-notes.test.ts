import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createConsoleNotes, scrubConsoleText } from './console-notes.ts'

test.each([
  ['Failed to decrypt 6281234567890@c.us', 'Failed to decrypt <id>'],
  ['call +62 812-3456-7890 failed', 'call # failed'],
  [
    'TypeError: Cannot read properties of undefined (reading "Halo Budi")',
    'TypeError: Cannot read properties of undefined (reading …)',
  ],
  ['GET https://web.whatsapp.com/x?token=1 403', 'GET <address> 403'],
  ['key 3EB00123456789ABCDEF0123456789 lost', 'key <id> lost'],
  ['pesan: Selamat 🎉 ulang', 'pesan: Selamat … ulang'],
  ['first line\nsecond line', 'first line'],
])('a console error keeps its shape only: %s', (text, told) => {
  expect(scrubConsoleText(text)).toBe(told)
})

test('no run of five digits and no quoted text is ever told', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.stringMatching(/^[0-9]{5,15}$/), (text, number) => {
      const told = scrubConsoleText(`${text} ${number} "${number}" ${text}`)
      expect(told).not.toMatch(/\d{5}/)
      expect(told.length).toBeLessThanOrEqual(160)
    }),
  )
})

test('the same error is told once a minute, and a flood only in part', () => {
  let now = new Date(0)
  const noteOf = createConsoleNotes(() => now)
  const letters = 'abcdefghij'.split('')
  expect(noteOf('it broke')).toMatchObject({ type: 'note', kind: 'console_error', detail: 'it broke' })
  expect(noteOf('it broke')).toBeNull()
  expect(letters.filter((letter) => noteOf(`error ${letter}`) !== null)).toHaveLength(5)
  now = new Date(60_000)
  expect(noteOf('it broke')).not.toBeNull()
})

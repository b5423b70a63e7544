import { expect, test } from 'vitest'
import { exampleMessage, hasLinks } from './example-message.ts'

const template = (text: string, footer = '') => ({
  texts: { id: text },
  footer,
  variables: [
    { name: 'name', kind: 'contact' as const, hasDefault: false },
    { name: 'kode', kind: 'campaign' as const, hasDefault: false },
  ],
})
const options = { values: {}, language: 'id' }

test('shows the message of a made-up person, and what is still open as its name', () => {
  expect(exampleMessage(template('Halo {name}, pakai {kode}.', 'Balas BERHENTI'), options)).toBe(
    'Halo Sari Wulandari, pakai {kode}.\n\nBalas BERHENTI',
  )
})

test('a link stays as it is written until its clicks are counted, then it is short', () => {
  const withLink = template('Lihat https://toko.example/promo?dari=wa, {name}.')
  expect(exampleMessage(withLink, options)).toContain('https://toko.example/promo?dari=wa,')
  const tracked = exampleMessage(withLink, { ...options, trackAt: 'https://siar.example' })
  expect(tracked).toMatch(/^Lihat https:\/\/siar\.example\/r\/\w+, Sari Wulandari\.$/)
})

test('a link made of a value of the campaign counts as a link, one that differs from person to person does not', () => {
  expect(hasLinks(template('Lihat https://toko.example/{kode} ya'), { kode: 'a' })).toBe(true)
  expect(hasLinks(template('Lihat https://toko.example/{name} ya'), {})).toBe(false)
  expect(hasLinks(template('Halo {name}', 'https://toko.example'), {})).toBe(true)
  expect(hasLinks(template('Halo {name}'), {})).toBe(false)
})

test('a text that cannot be read is shown as it is', () => {
  expect(exampleMessage(template('Halo {name'), options)).toBe('Halo {name')
})

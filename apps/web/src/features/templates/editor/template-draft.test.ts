import { expect, test } from 'vitest'
import { readMessage } from './message-preview.ts'
import { bodyOf, emptyDraft, isChanged, starterDraft, withCampaignVariable } from './template-draft.ts'

test('a language without text is not saved', () => {
  const body = bodyOf({ ...emptyDraft, name: ' Promo ', texts: { id: 'Halo', en: '  ' } })
  expect(body.texts).toEqual({ id: 'Halo' })
  expect(body.name).toBe('Promo')
})

test('spaces around a name are no change; a word is', () => {
  const saved = { ...emptyDraft, name: 'Promo' }
  expect(isChanged({ ...saved, name: 'Promo ' }, saved)).toBe(false)
  expect(isChanged({ ...saved, texts: { id: 'Halo', en: '' } }, saved)).toBe(true)
})

test('a name for campaigns stands once, in one spelling', () => {
  expect(withCampaignVariable(['produk'], '  Produk ')).toEqual(['produk'])
  expect(withCampaignVariable([], 'Kode  Voucher')).toEqual(['kode voucher'])
  expect(withCampaignVariable(['produk'], '  ')).toEqual(['produk'])
})

test('the starter can be saved as it is, in both languages', () => {
  expect(readMessage(starterDraft.texts.id, []).ok).toBe(true)
  expect(readMessage(starterDraft.texts.en, []).ok).toBe(true)
})

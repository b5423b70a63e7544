import { compileApproval } from '@siar/domain'
import { expect, test } from 'vitest'
import { contentHashOf } from '../templates/index.ts'
import type { UsableApproval, UsableApprovals } from '../templates/index.ts'
import { createApprovedMessages } from './approved-message.ts'
import type { RenderContact } from './message-renderer.ts'
import type { RunContent } from './run-content.ts'

const waba = '500000000001'

const content: RunContent = {
  templateId: 'tpl_1',
  templateName: 'Promo',
  texts: {
    id: '{Halo|Hai} {name=Kak}, {produk} untuk {kota}.',
    en: 'Hello {name=there}, {produk} for {kota}.',
  },
  footer: 'Toko Melati',
  media: null,
  variables: { produk: 'Kopi' },
  customKeys: ['Kota'],
  language: 'id',
}

const sari: RenderContact = {
  fullName: 'Sari',
  firstName: '',
  lastName: '',
  phone: null,
  email: null,
  company: null,
  language: 'en',
  custom: { Kota: 'Solo' },
}

function approvedIn(...languages: ('id' | 'en')[]): UsableApprovals {
  const rows = languages.map((language): UsableApproval => {
    const compiled = compileApproval({
      text: content.texts[language] ?? '',
      footer: content.footer,
      media: null,
      knownNames: ['kota', 'produk'],
    })
    if (!compiled.ok) throw new Error('the text can be approved')
    return {
      wabaId: waba,
      contentHash: contentHashOf(compiled.text),
      name: `promo_${language}`,
      remoteLanguage: language,
      category: 'MARKETING',
      isPaused: false,
    }
  })
  return {
    find: (wabaId, hash) => rows.find((row) => row.wabaId === wabaId && row.contentHash === hash) ?? null,
  }
}

const messages = createApprovedMessages(content)

test('a person gets the approved text in their language, with values of contact, campaign and custom field', () => {
  expect(messages.render(approvedIn('id', 'en'), waba, sari)).toEqual({
    kind: 'template',
    text: 'Hello Sari, Kopi for Solo.\n\nToko Melati',
    template: {
      name: 'promo_en',
      language: 'en',
      category: 'MARKETING',
      header: [],
      body: [
        { name: 'name', text: 'Sari' },
        { name: 'produk', text: 'Kopi' },
        { name: 'kota', text: 'Solo' },
      ],
      buttons: [],
    },
  })
})

test('where their language is not approved they get the other', () => {
  expect(messages.render(approvedIn('id'), waba, sari)).toMatchObject({
    text: 'Halo Sari, Kopi untuk Solo.\n\nToko Melati',
    template: { name: 'promo_id' },
  })
})

test('an approval counts in its own account only, and for the very text that was submitted', () => {
  expect(messages.hasApproval(approvedIn('id'), waba)).toBe(true)
  expect(messages.hasApproval(approvedIn('id'), '500000000002')).toBe(false)
  const changed = createApprovedMessages({ ...content, texts: { id: 'Halo {name=Kak}, promo lain.' } })
  expect(changed.hasApproval(approvedIn('id', 'en'), waba)).toBe(false)
  expect(changed.render(approvedIn('id', 'en'), waba, sari)).toBeNull()
})

test('who lacks a value, or makes the message too long, is left out with the reason', () => {
  const without = { ...sari, custom: {} }
  expect(messages.render(approvedIn('id'), waba, without)).toEqual({
    kind: 'skip',
    reason: 'missing_variable',
  })
  const long = { ...sari, custom: { Kota: 'x'.repeat(1_100) } }
  expect(messages.render(approvedIn('id'), waba, long)).toEqual({ kind: 'skip', reason: 'message_too_long' })
})

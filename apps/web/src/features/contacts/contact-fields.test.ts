import { describe, expect, test } from 'vitest'
import { emptyFields, toCreate, toUpdate } from './contact-fields.ts'

describe('the body a contact form sends', () => {
  test('clears what was emptied and keeps an empty number out', () => {
    const body = toUpdate({ ...emptyFields, fullName: 'Sari' })
    expect(body).toMatchObject({
      fullName: 'Sari',
      email: null,
      company: null,
      language: null,
      timeZone: null,
    })
    expect(body).not.toHaveProperty('phone')
    expect(body).not.toHaveProperty('consentWording')
  })

  test('claims consent only with the words of how they agreed', () => {
    const fields = { ...emptyFields, phone: '0812' }
    expect(toCreate(fields)).not.toHaveProperty('consentWording')
    expect(toCreate({ ...fields, consentWording: 'Ticked the box' }).consentWording).toBe('Ticked the box')
  })
})

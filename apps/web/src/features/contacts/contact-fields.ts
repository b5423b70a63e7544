import type { ZodForm } from '#ui/form.tsx'
import type { Contact, contactOperations } from '@siar/contract'
import { z } from 'zod'
import type { OperationInput } from '#app/operation.ts'

/** What the form of a contact holds while it is written: texts are never null, "no language" is `none`. */
export const ContactFields = z.object({
  phone: z.union([z.literal(''), z.string().trim().min(3).max(40)]),
  fullName: z.string().trim().max(200),
  firstName: z.string().trim().max(200),
  lastName: z.string().trim().max(200),
  email: z.union([z.literal(''), z.email().max(254)]),
  company: z.string().trim().max(200),
  language: z.enum(['none', 'id', 'en']),
  timeZone: z.string().max(64),
  notes: z.string().max(5000),
  custom: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  active: z.boolean(),
  tagIds: z.array(z.string()),
  listIds: z.array(z.string()),
  consentWording: z.string().trim().max(1000),
})
export type ContactFields = z.output<typeof ContactFields>

export const emptyFields: ContactFields = {
  phone: '',
  fullName: '',
  firstName: '',
  lastName: '',
  email: '',
  company: '',
  language: 'none',
  timeZone: '',
  notes: '',
  custom: {},
  active: true,
  tagIds: [],
  listIds: [],
  consentWording: '',
}

/** The form's start for somebody who is there already. */
export function fieldsOf(contact: Contact): ContactFields {
  const { language } = contact
  return {
    ...emptyFields,
    phone: contact.phone ?? '',
    fullName: contact.fullName,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email: contact.email ?? '',
    company: contact.company ?? '',
    language: language === 'id' || language === 'en' ? language : 'none',
    timeZone: contact.timeZone ?? '',
    notes: contact.notes,
    custom: contact.custom,
    active: contact.active,
    tagIds: contact.tags.map((tag) => tag.id),
    listIds: contact.lists.map((list) => list.id),
  }
}

type UpdateBody = NonNullable<OperationInput<typeof contactOperations.update>['body']>
type CreateBody = OperationInput<typeof contactOperations.create>['body']

/** The body of a change. A number that was left empty is not sent, so people known by an id only keep it. */
export function toUpdate({ phone, ...fields }: ContactFields): UpdateBody {
  const { consentWording: _, ...rest } = fields
  return {
    ...rest,
    ...(phone ? { phone } : {}),
    email: fields.email || null,
    company: fields.company || null,
    language: fields.language === 'none' ? null : fields.language,
    timeZone: fields.timeZone || null,
  }
}

/** The body of an addition. Without words on how they agreed, consent stays unknown. */
export function toCreate(fields: ContactFields): CreateBody {
  return {
    ...toUpdate(fields),
    phone: fields.phone,
    ...(fields.consentWording ? { consentWording: fields.consentWording } : {}),
  }
}

export type ContactForm = ZodForm<typeof ContactFields>

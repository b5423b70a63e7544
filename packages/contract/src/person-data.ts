import { z } from 'zod'
import { Consent, Contact, Suppression } from './contacts.ts'
import { defineOperation } from './operation.ts'
import { idOf, instant } from './shapes.ts'

/** Everything Siar holds about one person, for that person to have. */
export const PersonData = z
  .object({
    exportedAt: instant,
    contact: Contact,
    addresses: z.array(
      z.object({ kind: z.enum(['phone', 'user_id', 'lid']), value: z.string(), addedAt: instant }),
    ),
    consents: z.array(Consent),
    suppressions: z.array(Suppression.omit({ contactId: true })),
    messages: z.array(
      z.object({
        direction: z.enum(['in', 'out']),
        text: z.string(),
        /** Name of the number it went through. */
        sender: z.string().nullable(),
        at: instant,
      }),
    ),
    campaigns: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        reason: z.string().nullable(),
        sentAt: instant.nullable(),
        deliveredAt: instant.nullable(),
        readAt: instant.nullable(),
        repliedAt: instant.nullable(),
      }),
    ),
    clicks: z.array(z.object({ url: z.string(), at: instant })),
  })
  .meta({ id: 'PersonData' })
export type PersonData = z.output<typeof PersonData>

export const personDataOperations = {
  export: defineOperation({
    id: 'contacts.export',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/export',
    summary: 'Everything that is kept about one contact, as one document',
    access: 'data.export',
    params: z.object({ contactId: idOf('con') }),
    response: PersonData,
  }),
} as const

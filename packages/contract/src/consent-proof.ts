import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { instant } from './shapes.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, { message: 'must be 64 hexadecimal digits' })

/** The end of the chain of consent links. Kept elsewhere, it proves later that nothing before it was changed. */
export const ConsentChainEnd = z
  .object({
    /** Number of the last link. */
    seq: z.number().int(),
    /** Lines of the ledger in all links. */
    lines: z.number().int(),
    /** SHA-256, hexadecimal. */
    hash: z.string(),
  })
  .meta({ id: 'ConsentChainEnd' })

export const ConsentVerification = z
  .object({
    intact: z.boolean(),
    /** Null while the ledger is empty. */
    end: ConsentChainEnd.nullable(),
    fault: z
      .object({
        kind: z.enum([
          'lines_changed',
          'lines_removed',
          'lines_added',
          'lines_unlinked',
          'words_after_erasing',
          'link_changed',
          'link_missing',
          'end_changed',
          'not_the_kept_one',
        ]),
        /** The first link that does not hold. */
        seq: z.number().int().nullable(),
        /** When that link was made. */
        at: instant.nullable(),
        lines: z.number().int().nullable(),
      })
      .nullable(),
    /** The result in plain words, in the language of the request. */
    message: z.string(),
    checkedAt: instant,
  })
  .meta({ id: 'ConsentVerification' })
export type ConsentVerification = z.output<typeof ConsentVerification>

export const consentProofOperations = {
  verify: defineOperation({
    id: 'consents.verify',
    method: 'GET',
    path: '/api/v1/consents/verification',
    summary: 'Check that no line of the consent ledger was changed, added or removed afterwards',
    access: 'workspace.read',
    query: z
      .object({
        /** A link kept elsewhere, such as in an earlier proof: checks that it is still part of the chain. */
        keptSeq: z.coerce.number().int().min(1).optional(),
        keptHash: hash.optional(),
      })
      .refine(({ keptSeq, keptHash }) => (keptSeq === undefined) === (keptHash === undefined), {
        message: 'keptSeq and keptHash belong together',
      }),
    response: ConsentVerification,
  }),
} as const

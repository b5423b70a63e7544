import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant } from './shapes.ts'

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

/** A line of the ledger with its place in the chain. */
export const ConsentProofLine = z
  .object({
    id: z.string(),
    purpose: z.string(),
    state: z.enum(['granted', 'withdrawn']),
    source: z.string(),
    wording: z.string(),
    evidence: z.record(z.string(), z.unknown()),
    /** Words and evidence were erased; only their hashes are left. */
    erased: z.boolean(),
    actor: z.string(),
    at: instant,
    /** The same instant in the zone of the workspace. */
    localTime: z.string(),
    /** What was hashed: JSON, words and evidence in it by their salted hashes. */
    hashed: z.string(),
    /** SHA-256 of `hashed`, hexadecimal. */
    hash: z.string(),
    /** Its link of the chain; null for a line outside of it. */
    link: z
      .object({
        seq: z.number().int(),
        /** Place of the line in its link, from 1. */
        place: z.number().int(),
        lines: z.number().int(),
        hash: z.string(),
        madeAt: instant,
      })
      .nullable(),
    /** The link was recomputed from the ledger and holds. */
    holds: z.boolean(),
  })
  .meta({ id: 'ConsentProofLine' })
export type ConsentProofLine = z.output<typeof ConsentProofLine>

export const ConsentProof = z
  .object({
    workspace: z.string(),
    timeZone: z.string(),
    generatedAt: instant,
    contact: z.object({ id: z.string(), name: z.string(), addresses: z.array(z.string()) }),
    /** Every link of these lines holds. */
    intact: z.boolean(),
    /** Keep it: `consents.verify` tells later whether it is still part of the chain. */
    end: ConsentChainEnd.nullable(),
    /** The whole ledger of this person, oldest first. */
    lines: z.array(ConsentProofLine),
  })
  .meta({ id: 'ConsentProof' })
export type ConsentProof = z.output<typeof ConsentProof>

const ofContact = z.object({ contactId: idOf('con') })
const ofCampaign = z.object({ campaignId: idOf('cmp') })
const ofRun = z.object({ run: idOf('run').optional() })

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
  proof: defineOperation({
    id: 'consents.proof',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/consent-proof',
    summary: 'The consent ledger of one contact as proof, with its places in the chain',
    access: 'data.export',
    params: ofContact,
    response: ConsentProof,
  }),
  proofPdf: defineOperation({
    id: 'consents.proofPdf',
    method: 'GET',
    path: '/api/v1/contacts/:contactId/consent-proof.pdf',
    summary: 'The consent ledger of one contact as proof, to print',
    access: 'data.export',
    params: ofContact,
    produces: 'application/pdf',
    response: z.string(),
  }),
  campaignProof: defineOperation({
    id: 'campaigns.consentProof',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/consent-proof.jsonl',
    summary:
      'The consent behind every message of a run, as JSON lines: what it is about, one line for each recipient, totals with the hash of these lines',
    access: 'data.export',
    params: ofCampaign,
    query: ofRun,
    produces: 'application/x-ndjson',
    response: z.string(),
  }),
  campaignProofPdf: defineOperation({
    id: 'campaigns.consentProofPdf',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/consent-proof.pdf',
    summary:
      'The consent behind the messages of a run, to print: totals, the first recipients, and the hash of all',
    access: 'data.export',
    params: ofCampaign,
    query: ofRun,
    produces: 'application/pdf',
    response: z.string(),
  }),
} as const

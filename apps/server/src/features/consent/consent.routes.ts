import { consentProofOperations as proof, contactOperations as operations } from '@siar/contract'
import type { ContactId, SuppressionId } from '@siar/domain'
import type { Readable } from 'node:stream'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import { presentConsent, presentSuppression } from './consent.present.ts'
import type { ConsentService } from './consent.service.ts'

export function consentBindings(service: ConsentService): Binding[] {
  return [
    bind(operations.listConsents, async ({ workspaceId, params }) => ({
      data: (await service.listConsents(workspaceId, params.contactId as ContactId)).map(presentConsent),
    })),
    bind(operations.recordConsent, async ({ workspaceId, actor, params, body }) =>
      presentConsent(
        await service.recordConsent(workspaceId, actor, {
          ...body,
          contactId: params.contactId as ContactId,
        }),
      ),
    ),
    bind(operations.optOut, ({ workspaceId, actor, params, body }) =>
      service.optOut(workspaceId, actor, params.contactId as ContactId, body.note),
    ),
    bind(proof.verify, ({ workspaceId, language, query: { keptSeq, keptHash } }) =>
      service.chain.verify(
        workspaceId,
        language,
        keptSeq !== undefined && keptHash !== undefined ? { seq: keptSeq, hash: keptHash } : undefined,
      ),
    ),
    ...proofBindings(service.proof),
    bind(operations.listSuppressions, async ({ workspaceId, query }) => {
      const { rows, nextCursor, total } = await service.listSuppressions(workspaceId, query)
      return { data: rows.map(presentSuppression), nextCursor, total }
    }),
    bind(operations.addSuppression, async ({ workspaceId, actor, body }) =>
      presentSuppression(await service.addSuppression(workspaceId, actor, body)),
    ),
    bind(operations.importSuppressions, ({ workspaceId, actor, body, language }) =>
      service.suppressionFiles.importText(workspaceId, actor, body, language),
    ),
    bind(operations.exportSuppressions, async ({ workspaceId, actor, language }) => ({
      stream: await service.suppressionFiles.exportCsv(workspaceId, actor, language),
      contentType: 'text/csv; charset=utf-8',
      fileName: language === 'id' ? 'daftar-jangan-kirim.csv' : 'suppression-list.csv',
    })),
    bind(operations.removeSuppression, async ({ workspaceId, actor, params, query }) => {
      await service.removeSuppression(workspaceId, actor, params.suppressionId as SuppressionId, query.reason)
      return undefined
    }),
  ]
}

function proofBindings(service: ConsentService['proof']): Binding[] {
  const pdf = (stream: Readable, name: string) => ({
    stream,
    contentType: 'application/pdf',
    fileName: `consent-proof-${name}.pdf`,
  })
  return [
    bind(proof.proof, ({ workspaceId, actor, params, language }) =>
      service.person(workspaceId, actor, params.contactId as ContactId, language),
    ),
    bind(proof.proofPdf, async ({ workspaceId, actor, params, language }) =>
      pdf(
        await service.personPdf(workspaceId, actor, params.contactId as ContactId, language),
        params.contactId,
      ),
    ),
    bind(proof.campaignProof, async ({ workspaceId, actor, params, query, language }) => ({
      stream: await service.campaign(workspaceId, actor, params.campaignId, language, query.run),
      contentType: 'application/x-ndjson',
      fileName: `consent-proof-${params.campaignId}.jsonl`,
    })),
    bind(proof.campaignProofPdf, async ({ workspaceId, actor, params, query, language }) =>
      pdf(
        await service.campaignPdf(workspaceId, actor, params.campaignId, language, query.run),
        params.campaignId,
      ),
    ),
  ]
}

import type { ConsentProof } from '@siar/contract'
import type { ContactId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Actor, Core, Language } from '../../core.ts'
import { checkLinks, findChainEnd } from './chain.repo.ts'
import { faultOf, verifyChain } from './chain-check.ts'
import { formatInstant, verdictText } from './chain-texts.ts'
import { drawCampaignProof, drawPersonProof } from './proof-pdf.ts'
import type { CampaignProofFacts, ProofTotals } from './proof-pdf.ts'
import {
  findProofPerson,
  findProofPlace,
  findProofRun,
  listProofLines,
  listProofRecipients,
} from './proof.repo.ts'
import type { ProofLineRow, ProofRecipientRow, ProofRun } from './proof.repo.ts'

export type ConsentProofService = ReturnType<typeof createConsentProofService>

const recipientsAtOnce = 1000
/** Recipients a PDF shows one by one. */
export const recipientsShown = 500
const statementMs = 120_000

/** The consent ledger as something to hand out. Every proof leaves a line in the audit log. */
export function createConsentProofService(core: Core) {
  const person = async (
    workspaceId: WorkspaceId,
    actor: Actor,
    contactId: ContactId,
    language: Language,
  ): Promise<ConsentProof> =>
    core.inWorkspace(workspaceId, async (scope) => {
      await scope.limitStatements({ statementMs })
      const found = await findProofPerson(scope, contactId)
      if (found === null) throw new AppError('not_found')
      const { name: workspace, timeZone } = await findProofPlace(scope)
      const rows = await listProofLines(scope, contactId)
      const seqs = [...new Set(rows.flatMap(({ seq }) => (seq === null ? [] : [seq])))]
      const links = await checkLinks(scope, seqs)
      const sound = new Set(links.filter((link) => faultOf(link) === null).map(({ seq }) => seq))
      await core.audit(scope, { actor, action: 'consent.proof', subjectId: contactId })
      const lines = rows.map((row) => presentLine(row, sound, language, timeZone))
      return {
        workspace,
        timeZone,
        generatedAt: core.now().toISOString(),
        contact: { id: contactId, ...found },
        intact: lines.every(({ holds }) => holds),
        end: await findChainEnd(scope),
        lines,
      }
    })

  const openCampaign = async (
    workspaceId: WorkspaceId,
    actor: Actor,
    campaignId: string,
    language: Language,
    runId?: string,
  ): Promise<{ facts: CampaignProofFacts; run: ProofRun }> => {
    const { run, place } = await core.inWorkspace(workspaceId, async (scope) => {
      const asked = await findProofRun(scope, campaignId, runId)
      if (asked === null) throw new AppError('not_found')
      await core.audit(scope, { actor, action: 'campaign.proof', subjectId: campaignId })
      return { run: asked, place: await findProofPlace(scope) }
    })
    const verdict = await verifyChain(core, workspaceId)
    const facts = {
      workspace: place.name,
      timeZone: place.timeZone,
      generatedAt: core.now(),
      campaignId,
      campaign: run.campaign,
      run: run.number,
      purpose: run.purpose,
      frozenAt: run.frozenAt,
      intact: verdict.fault === null,
      message: verdictText(verdict, language, place.timeZone),
      end: verdict.end,
    }
    return { facts, run }
  }

  return {
    /** Every line of a person's ledger, each recomputed. @throws AppError `not_found`. */
    person,

    async personPdf(workspaceId: WorkspaceId, actor: Actor, contactId: ContactId, language: Language) {
      return drawPersonProof(await person(workspaceId, actor, contactId, language), language)
    },

    /**
     * JSON lines, streamed: what it is about and whether the whole chain holds, then one line for each recipient with the line of
     * the ledger that counted at the freeze, then totals with the SHA-256 of the lines of the recipients. Memory does not grow.
     *
     * @throws AppError `not_found` for a campaign without a run, or a run that is not its own.
     */
    async campaign(
      workspaceId: WorkspaceId,
      actor: Actor,
      campaignId: string,
      language: Language,
      runId?: string,
    ): Promise<Readable> {
      const { facts, run } = await openCampaign(workspaceId, actor, campaignId, language, runId)
      const lines = async function* () {
        yield `${JSON.stringify({ kind: 'campaign_consent_proof', ...facts })}\n`
        const tally = new ProofTally()
        for await (const row of readRecipients(core, workspaceId, run)) yield tally.add(row)
        yield `${JSON.stringify({ kind: 'totals', ...tally.totals() })}\n`
      }
      return Readable.from(lines())
    },

    /** The first recipients, totals of all and the hash of their lines as in `campaign`. Reads every recipient. */
    async campaignPdf(
      workspaceId: WorkspaceId,
      actor: Actor,
      campaignId: string,
      language: Language,
      runId?: string,
    ): Promise<Readable> {
      const { facts, run } = await openCampaign(workspaceId, actor, campaignId, language, runId)
      const tally = new ProofTally()
      const shown: ProofRecipientRow[] = []
      for await (const row of readRecipients(core, workspaceId, run)) {
        tally.add(row)
        if (shown.length < recipientsShown) shown.push(row)
      }
      return drawCampaignProof(facts, shown, tally.totals(), language)
    },
  }
}

async function* readRecipients(core: Core, workspaceId: WorkspaceId, run: ProofRun) {
  for (let after = 0; ;) {
    const page: ProofRecipientRow[] = await core.inWorkspace(workspaceId, (scope) =>
      listProofRecipients(scope, run, after, recipientsAtOnce),
    )
    yield* page
    after = page.at(-1)?.sequence ?? after
    if (page.length < recipientsAtOnce) return
  }
}

function presentLine(
  { seq, place, linkLines, linkHash, linkAt, at, ...row }: ProofLineRow,
  sound: ReadonlySet<number>,
  language: Language,
  timeZone: string,
): ConsentProof['lines'][number] {
  const isLinked = seq !== null && linkLines !== null && linkHash !== null && linkAt !== null
  return {
    ...row,
    at: at.toISOString(),
    localTime: formatInstant(at, language, timeZone),
    link: isLinked ? { seq, place, lines: linkLines, hash: linkHash, madeAt: linkAt.toISOString() } : null,
    holds: seq !== null && sound.has(seq),
  }
}

/** Counts recipients and hashes their lines, in their order. */
class ProofTally {
  private readonly hash = createHash('sha256')
  private recipients = 0
  private sent = 0
  private sentWithConsent = 0
  private skipped = 0

  /** @returns the recipient's line of JSON, with its end of line. */
  add(row: ProofRecipientRow): string {
    const { sequence, contactId, name, address, status, reason, sentAt, consentId, ...line } = row
    const consent = consentId === null ? null : { id: consentId, ...line }
    const text = `${JSON.stringify({ kind: 'recipient', sequence, contactId, name, address, status, reason, sentAt, consent })}\n`
    this.hash.update(text)
    this.recipients += 1
    if (status === 'skipped') this.skipped += 1
    if (sentAt !== null) this.sent += 1
    if (sentAt !== null && row.state === 'granted') this.sentWithConsent += 1
    return text
  }

  totals(): ProofTotals {
    const { recipients, sent, sentWithConsent, skipped } = this
    return { recipients, sent, sentWithConsent, skipped, sha256: this.hash.copy().digest('hex') }
  }
}

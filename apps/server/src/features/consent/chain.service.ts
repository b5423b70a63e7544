import type { ConsentVerification } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import { verifyChain } from './chain-check.ts'
import type { KeptLink } from './chain-check.ts'
import { verdictText } from './chain-texts.ts'
import { findProofPlace } from './proof.repo.ts'

export type ConsentChainService = ReturnType<typeof createConsentChainService>

/** The chain of hashes over the consent ledger, see `verifyChain`. */
export function createConsentChainService(core: Core) {
  return {
    async verify(
      workspaceId: WorkspaceId,
      language: Language,
      kept?: KeptLink,
    ): Promise<ConsentVerification> {
      const verdict = await verifyChain(core, workspaceId, kept)
      const { timeZone } = await core.inWorkspace(workspaceId, findProofPlace)
      const { end, fault } = verdict
      return {
        intact: fault === null,
        end,
        fault: fault && {
          kind: fault.kind,
          seq: 'seq' in fault ? fault.seq : null,
          at: 'at' in fault ? fault.at.toISOString() : null,
          lines: 'lines' in fault ? fault.lines : null,
        },
        message: verdictText(verdict, language, timeZone),
        checkedAt: core.now().toISOString(),
      }
    },
  }
}

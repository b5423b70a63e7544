import type { RefusalAction } from '@siar/domain'
import { coolDownMs } from '@siar/domain'
import type { ContactId, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { systemActor } from '../../core.ts'
import type { CampaignControlService } from '../campaigns/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import type { OwnedSenders } from '../senders/index.ts'

/** A refusal, at once or late, and whom it concerns. */
export interface Refusal {
  readonly action: RefusalAction
  readonly reason: string
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  readonly campaignId: string | null
  readonly contactId: string | null
  readonly retryAfterMs: number | null
}

/** What a lane is told when its sender must hold back. */
export interface LaneBrakes {
  readonly lockNewChats: (senderId: string, forMs: number) => void
  readonly slowDown: (senderId: string) => void
}

export interface RefusalEffects {
  /** Does what a refusal means beyond its recipient. Doing it twice equals once. */
  readonly apply: (refusal: Refusal) => Promise<void>
}

export function createRefusalEffects(
  core: Core,
  control: CampaignControlService,
  owned: OwnedSenders,
  ledger: ConsentLedger,
  brakes: LaneBrakes,
): RefusalEffects {
  const optOut = ({ workspaceId, contactId, reason }: Refusal): Promise<unknown> =>
    core.inWorkspace(workspaceId, (scope) =>
      ledger.optOut(scope, {
        contactId: contactId as ContactId,
        source: 'channel',
        wording: reason,
        evidence: { reason },
        actor: systemActor('channel'),
      }),
    )
  return {
    apply: async (refusal) => {
      const { action, reason, workspaceId, senderId, campaignId, contactId } = refusal
      switch (action) {
        case 'opt_out':
          if (contactId !== null) await optOut(refusal)
          return
        case 'slow_sender':
          return brakes.slowDown(senderId)
        case 'stop_new_chats':
          return brakes.lockNewChats(senderId, refusal.retryAfterMs ?? coolDownMs)
        case 'stop_campaign':
          if (campaignId !== null) await control.halt(workspaceId, campaignId, 'template_rejected')
          return
        case 'stop_campaign_on_sender':
          if (campaignId !== null) await control.halt(workspaceId, campaignId, 'guardian')
          return
        case 'stop_sender':
          return owned.reportState(senderId, reason === 'sender_banned' ? 'banned' : 'logged_out', reason)
        case 'stop_account':
          return control.haltSender(workspaceId, senderId, 'account_stopped')
        case 'our_fault':
          core.logger.error({ senderId, reason }, 'a channel refused a message as malformed')
          return
        case 'retry_later':
        case 'settle':
        case 'delay_recipient':
        case 'cool_recipient':
        case 'drop_recipient':
        case 'needs_template':
        case 'upload_again':
          return
        default:
          action satisfies never
      }
    },
  }
}

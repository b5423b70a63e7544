import { coolDownMs } from '@siar/domain'
import type { ContactId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { systemActor } from '../../core.ts'
import { FigureDeltas } from '../campaigns/index.ts'
import type { CampaignControlService, HaltedCampaign } from '../campaigns/index.ts'
import type { ConsentLedger } from '../consent/index.ts'
import { findGuardedSender, lockNewChats } from '../senders/index.ts'
import type { OwnedSenders } from '../senders/index.ts'
import { countHarm, writeCounts } from './count-harm.ts'
import type { Guardian } from './guardian.service.ts'
import type { TellHalts } from './halt-mails.ts'
import type { Refusal } from './refusal.ts'
import { requeueLate } from './requeue-late.ts'
import { SenderTally } from './tally.ts'

/** What a lane is told when its sender must hold back. */
export interface LaneBrakes {
  readonly lockNewChats: (senderId: string, untilMs: number) => void
  readonly slowDown: (senderId: string) => void
}

export interface RefusalEffects {
  /** Does what a refusal means beyond its recipient. Doing it twice equals once. */
  readonly apply: (refusal: Refusal) => Promise<void>
}

export interface EffectDependencies {
  readonly control: CampaignControlService
  readonly owned: OwnedSenders
  readonly ledger: ConsentLedger
  readonly brakes: LaneBrakes
  readonly guardian: Pick<Guardian, 'look'>
  readonly tell: TellHalts
}

export function createRefusalEffects(core: Core, dependencies: EffectDependencies): RefusalEffects {
  const { control, owned, ledger, brakes, tell } = dependencies
  const halted = async ({ workspaceId }: Refusal, campaigns: readonly (HaltedCampaign | null)[]) =>
    tell(workspaceId, { sender: null, campaigns: campaigns.filter((campaign) => campaign !== null) })
  return {
    apply: async (refusal) => {
      const { action, reason, workspaceId, senderId, campaignId } = refusal
      switch (action) {
        case 'opt_out':
          return optOut(core, ledger, dependencies.guardian, refusal)
        case 'slow_sender':
          brakes.slowDown(senderId)
          return requeueLate(core, refusal)
        case 'stop_new_chats':
          return stopNewChats(core, brakes, refusal)
        case 'stop_campaign':
          if (campaignId === null) return
          return halted(refusal, [await control.halt(workspaceId, campaignId, 'template_rejected')])
        case 'stop_campaign_on_sender':
          if (campaignId === null) return
          return halted(refusal, [
            await control.stopOnSender(workspaceId, campaignId, await nameSender(core, refusal)),
          ])
        case 'stop_sender':
          return owned.reportState(senderId, reason === 'sender_banned' ? 'banned' : 'logged_out', reason)
        case 'stop_account': {
          const sender = await nameSender(core, refusal)
          return halted(refusal, await control.haltSender(workspaceId, sender, 'account_stopped'))
        }
        case 'our_fault':
          core.logger.error({ senderId, reason }, 'a channel refused a message as malformed')
          return
        case 'retry_later':
        case 'delay_recipient':
        case 'cool_recipient':
        case 'upload_again':
          return requeueLate(core, refusal)
        case 'settle':
        case 'drop_recipient':
        case 'needs_template':
          return
        default:
          action satisfies never
      }
    },
  }
}

/** The sender with its name, for the words of a halt. */
export async function nameSender(
  core: Core,
  { workspaceId, senderId }: Pick<Refusal, 'workspaceId' | 'senderId'>,
): Promise<{ id: string; name: string }> {
  const sender = await core.inWorkspace(workspaceId, (scope) => findGuardedSender(scope, senderId))
  return { id: senderId, name: sender?.name ?? senderId }
}

async function optOut(
  core: Core,
  ledger: ConsentLedger,
  guardian: Pick<Guardian, 'look'>,
  { workspaceId, senderId, contactId, reason }: Refusal,
): Promise<void> {
  if (contactId === null) return
  const harmed = await core.inWorkspace(workspaceId, async (scope) => {
    const { changed } = await ledger.optOut(scope, {
      contactId: contactId as ContactId,
      source: 'channel',
      wording: reason,
      evidence: { reason },
      actor: systemActor('channel'),
    })
    if (!changed) return null
    const counts = { figures: new FigureDeltas(), tally: new SenderTally() }
    const runId = await countHarm(core, scope, { contactId, senderId, harm: 'opt_out' }, counts)
    await writeCounts(core, scope, counts)
    return { runId }
  })
  if (harmed) guardian.look({ workspaceId, senderId, runId: harmed.runId })
}

/** Kept in the sender's row, so that it outlives this process. */
async function stopNewChats(
  core: Core,
  brakes: LaneBrakes,
  { workspaceId, senderId, retryAfterMs }: Refusal,
): Promise<void> {
  const until = new Date(core.now().getTime() + (retryAfterMs ?? coolDownMs))
  brakes.lockNewChats(senderId, until.getTime())
  await core.inWorkspace(workspaceId, async (scope) => {
    await lockNewChats(scope, senderId, until)
    await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id: senderId })
  })
}

import type { Sender } from '@siar/contract'
import type { Draft } from '../draft.ts'

/** Those that are up or come back by themselves; the others need a person first. Source: the start of a campaign. */
export function canServe({ status }: Pick<Sender, 'status'>): boolean {
  return status === 'online' || status === 'reconnecting' || status === 'restricted' || status === 'offline'
}

/** The senders a draft would send through today, in the order given. */
export function sendersOf({ senderIds }: Pick<Draft, 'senderIds'>, senders: readonly Sender[]): Sender[] {
  const isChosen = ({ id }: Sender) => senderIds.length === 0 || senderIds.includes(id)
  return senders.filter((sender) => sender.useForCampaigns && canServe(sender) && isChosen(sender))
}

/** Whether its messages can cost money. */
export function isCharged({ channel, settings }: Pick<Sender, 'channel' | 'settings'>): boolean {
  return channel === 'cloud_api' || (channel === 'simulator' && settings.simulator?.standsFor === 'cloud_api')
}

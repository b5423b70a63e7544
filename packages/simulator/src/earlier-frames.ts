import type { Account, NetworkState } from './network-state.ts'
import { officialIdOf } from './network-message.ts'
import { letPersonGoOn } from './people.ts'

/** Receipts may wait for a product that is slow to take them; those it has already it knows by their ids. */
const marginMs = 5 * 60_000
const beatMs = 1_000

/**
 * Takes up what an earlier process, or another one with the same record, has shown for this sender, so that this network
 * is the same network: an id shown before is not shown again, and people go on to receive, read and answer.
 *
 * Only a sender whose ids are echoed can be told of receipts: the record does not keep the channel's own ids.
 */
export function takeUpEarlier(network: NetworkState, account: Account): void {
  const { record } = network.options
  for (const frame of record.news()) {
    const waiting = network.earlier.get(frame.senderId)
    if (waiting) waiting.push(frame)
    else network.earlier.set(frame.senderId, [frame])
  }
  const frames = network.earlier.get(account.senderId)
  if (!frames) return
  network.earlier.delete(account.senderId)
  const nowMs = network.nowMs()
  const sinceMs = (account.isTakenUp ? nowMs : (record.livedUntilMs ?? nowMs)) - marginMs
  account.isTakenUp = true
  const { dedupesOurId, echoesOurId, official } = account.settings
  for (const { messageId, to, at, shown } of frames) {
    if (!shown) continue
    const channelMessageId = official ? officialIdOf(to, messageId) : `SIM-${messageId}`
    if (dedupesOurId) account.seen.add(messageId, channelMessageId)
    if (!echoesOurId) continue
    letPersonGoOn(
      network,
      account,
      { messageId, to, channelMessageId },
      { shownAtMs: Date.parse(at), sinceMs },
    )
  }
}

/** Shows that this network lives and looks now and then for what others showed. @returns the way to end it. */
export function watchRecord(network: NetworkState): () => void {
  const { record, schedule, now } = network.options
  let cancel: () => void = () => undefined
  const beat = (): void => {
    record.beat(now())
    for (const account of network.accounts.values()) if (account.isOpen) takeUpEarlier(network, account)
    cancel = schedule(beat, beatMs)
  }
  if (record.isShared) cancel = schedule(beat, beatMs)
  return () => cancel()
}

import { capRoom, capsOf, dayStartAtMs, messagesPerSecondUsual } from '@siar/domain'
import type { CapUse, Pacing, SenderUse } from '@siar/domain'
import { speedRule } from '../campaigns/index.ts'
import type { OwnedSender } from '../senders/index.ts'

const hourMs = 3_600_000

/** Messages a sender has sent in the present hour and day, counted in memory and started from the database. */
export class SenderMeter {
  #hour = -1
  #sentThisHour = 0
  #day = -1
  #sentToday = 0

  /** Starts from what was sent before this process took the sender. */
  start(zone: string, nowAtMs: number, sent: { readonly thisHour: number; readonly today: number }): void {
    this.#turnOver(zone, nowAtMs)
    this.#sentThisHour = sent.thisHour
    this.#sentToday = sent.today
  }

  count(zone: string, nowAtMs: number, messages = 1): void {
    this.#turnOver(zone, nowAtMs)
    this.#sentThisHour += messages
    this.#sentToday += messages
  }

  /** The caps that bind the sender now. */
  caps(sender: OwnedSender, zone: string, nowAtMs: number): CapUse[] {
    this.#turnOver(zone, nowAtMs)
    const { settings, numberSince, pairedAt } = sender
    const since = numberSince === null ? (pairedAt?.getTime() ?? nowAtMs) : Date.parse(numberSince)
    const use: SenderUse = {
      pacing: { ...pacingOf(sender, null), hourlyCap: settings.hourlyCap, dailyCap: settings.dailyCap },
      sentThisHour: this.#sentThisHour,
      sentToday: this.#sentToday,
      numberSinceAtMs: settings.warmUp ? since : null,
    }
    return capsOf(use, zone, nowAtMs)
  }

  /** A clock that is set back makes nothing unsent. */
  #turnOver(zone: string, nowAtMs: number): void {
    const hour = Math.floor(nowAtMs / hourMs)
    const day = dayStartAtMs(zone, nowAtMs)
    if (hour > this.#hour) this.#sentThisHour = 0
    if (day > this.#day) this.#sentToday = 0
    this.#hour = hour
    this.#day = day
  }
}

const noPause = { delayMsMin: 0, delayMsMax: 0 }

/** Messages a second of a sender that is held to a rate: what was set, as far as the number may go; null for all others. */
export function perSecondOf({ channel, settings, throughputPerSecond }: OwnedSender): number | null {
  if (speedRule(channel, settings) !== 'per_second') return null
  const wanted = settings.cloud_api?.messagesPerSecond ?? messagesPerSecondUsual
  return Math.min(wanted, throughputPerSecond ?? Infinity)
}

/** The pause between two messages: the campaign's, else the sender's own; none where the sender is not paced. */
export function pacingOf(
  { channel, settings }: OwnedSender,
  campaign: { readonly delayMsMin: number; readonly delayMsMax: number } | null,
): Pacing {
  const { delayMsMin, delayMsMax } =
    campaign ?? (speedRule(channel, settings) === 'paced' ? settings : noPause)
  return { delayMsMin, delayMsMax, hourlyCap: null, dailyCap: null }
}

/** When the last of the exhausted caps is free again; null while there is room. */
export function capsFreeAtMs(caps: readonly CapUse[]): number | null {
  const exhausted = caps.filter((cap) => capRoom(cap) === 0)
  return exhausted.length === 0 ? null : Math.max(...exhausted.map((cap) => cap.freesAtMs))
}

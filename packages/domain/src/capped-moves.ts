import { forecastHorizonMs } from './forecast-drain.ts'
import type { ForecastSender } from './forecast-input.ts'
import { dailyAllowance } from './pacing.ts'
import { nextDayStartAtMs } from './zone-clock.ts'

/** A sender of a run, with what decides who moves from and to it once it has sent all it may on a day. */
export type MovingSender = ForecastSender & {
  /** Of its people, those who keep it whatever happens, because they talk with it. */
  readonly staying: number
  /** Its messages are charged: nobody comes from one that is free. */
  readonly charged: boolean
  /** It may take people of others. */
  readonly takes: boolean
}

type State = {
  readonly sender: MovingSender
  ahead: number
  /** People who wait for it, and those of them who may move. */
  left: number
  movable: number
  sent: number
  /** Messages it can still send on the present day. */
  room: number
}

/**
 * How many people each sender will send to in the end, when those who wait for one that is capped for the day go by others that have
 * room that day. What waits for a sender goes first there; pauses and night silence are not looked at, as the move itself does not.
 *
 * @param zone The workspace's. @returns The count of every sender; the sum stays the same.
 */
export function foreseeMoves(
  senders: readonly MovingSender[],
  zone: string,
  startAtMs: number,
): ReadonlyMap<string, number> {
  const states = senders.map((sender): State => {
    const { count, staying, waiting } = sender
    return { sender, ahead: waiting, left: count, movable: Math.max(0, count - staying), sent: 0, room: 0 }
  })
  const takers = states.filter(({ sender }) => sender.takes)
  let atMs = startAtMs
  while (takers.length > 0 && states.some(canMove) && atMs - startAtMs < forecastHorizonMs) {
    for (const state of states) sendOneDay(state, zone, atMs, atMs === startAtMs)
    for (const state of states) if (canMove(state)) moveFrom(state, takers)
    atMs = nextDayStartAtMs(zone, atMs)
  }
  return new Map(states.map(({ sender, sent, left }) => [sender.senderId, sent + left]))
}

const canMove = ({ left, movable }: State): boolean => Math.min(left, movable) > 0

function sendOneDay(state: State, zone: string, atMs: number, isFirstDay: boolean): void {
  const { use, skipsLimits } = state.sender
  const allowed = skipsLimits ? Infinity : dailyAllowance(use, zone, atMs) - (isFirstDay ? use.sentToday : 0)
  const room = Math.max(0, allowed)
  const ahead = Math.min(state.ahead, room)
  const own = Math.min(state.left, room - ahead)
  const stays = state.left - own
  state.movable = state.left === 0 ? 0 : Math.floor((state.movable * stays) / state.left)
  state.ahead -= ahead
  state.left = stays
  state.sent += own
  state.room = room - ahead - own
}

/** Shares those who may move out evenly, the senders with the least room first. */
function moveFrom(from: State, takers: readonly State[]): void {
  const open = takers
    .filter((to) => to !== from && to.room > 0 && (!to.sender.charged || from.sender.charged))
    .toSorted((a, b) => a.room - b.room)
  open.forEach((to, index) => {
    const share = Math.ceil(Math.min(from.left, from.movable) / (open.length - index))
    const taken = Math.min(share, to.room)
    from.left -= taken
    from.movable -= taken
    to.room -= taken
    to.sent += taken
  })
}

import type { Desk } from './desk.ts'
import { addVerdicts, judge, noVerdict } from './judge.ts'
import type { Verdict } from './judge.ts'
import type { MustBeZero } from './proof.ts'
import type { ChaosSimulator } from './simulator.ts'

/** Whether the channel shows an id once however often it comes: every proof runs both at once. */
export const modes = ['deduped', 'notDeduped'] as const
export type Mode = (typeof modes)[number]

/** As fast as the senders can, or one by one with pauses: two ways through the lanes. */
export const lanes = ['batched', 'paced'] as const
export type Lanes = (typeof lanes)[number]

export type ModeSenders = Readonly<Record<Mode, readonly string[]>>
export type ModeVerdicts = Readonly<Record<Mode, Verdict>>

export const noVerdicts: ModeVerdicts = { deduped: noVerdict, notDeduped: noVerdict }

const calm = { latencyMsMin: 5, latencyMsMax: 40, timeScale: 3_600 }

/** One campaign in each mode, started at once. */
export interface ModeCampaigns {
  readonly ids: Readonly<Record<Mode, string>>
  isCompleted(): Promise<boolean>
  /** Both have ended, and everybody who has a message counts as having read it: no receipt is missing. */
  isOver(): Promise<boolean>
  judge(): Promise<ModeVerdicts>
  wrongFigures(): Promise<string[]>
  /** What stands where, for campaigns that do not end. */
  explain(): Promise<string>
}

export interface ModeWish {
  readonly peoplePerMode: number
  readonly pacing: { readonly delayMsMin: number; readonly delayMsMax: number } | null
}

export async function addModeSenders(
  desk: Desk,
  perMode: number,
  simulator: Readonly<Record<string, unknown>> = {},
): Promise<ModeSenders> {
  return {
    deduped: await desk.addSenders(perMode, { ...calm, ...simulator, dedupesOurId: true }),
    notDeduped: await desk.addSenders(perMode, { ...calm, ...simulator, dedupesOurId: false }),
  }
}

export async function startModeCampaigns(
  desk: Desk,
  simulator: ChaosSimulator,
  senders: ModeSenders,
  { peoplePerMode, pacing }: ModeWish,
): Promise<ModeCampaigns> {
  const start = (mode: Mode) =>
    desk.startCampaign({ people: peoplePerMode, senderIds: senders[mode], pacing })
  const [deduped, notDeduped] = await Promise.all([start('deduped'), start('notDeduped')])
  const ids = { deduped, notDeduped }
  const all = Object.values(ids)
  const judgeAll = async (): Promise<ModeVerdicts> => {
    const frames = simulator.frames()
    const judgeMode = async (mode: Mode): Promise<Verdict> => {
      const own = frames.filter(({ senderId }) => senders[mode].includes(senderId))
      return judge(await desk.people([ids[mode]]), own)
    }
    return { deduped: await judgeMode('deduped'), notDeduped: await judgeMode('notDeduped') }
  }
  const isCompleted = async (): Promise<boolean> =>
    (await Promise.all(all.map((id) => desk.isCompleted(id)))).every(Boolean)
  return {
    ids,
    isCompleted,
    isOver: async () => {
      if (!(await isCompleted())) return false
      const people = await desk.people(all)
      if (people.some(({ status }) => !['read', 'replied', 'unknown'].includes(status))) return false
      const verdicts = await judgeAll()
      return modes.every((mode) => verdicts[mode].unsettled === 0)
    },
    judge: judgeAll,
    wrongFigures: () => desk.wrongFigures(all),
    explain: () => desk.explain(all),
  }
}

export function addModeVerdicts(left: ModeVerdicts, right: ModeVerdicts): ModeVerdicts {
  return {
    deduped: addVerdicts(left.deduped, right.deduped),
    notDeduped: addVerdicts(left.notDeduped, right.notDeduped),
  }
}

/** The figures every proof with campaigns has. */
export function sumUp({ deduped, notDeduped }: ModeVerdicts) {
  return {
    sent: deduped.sent + notDeduped.sent,
    lost: deduped.lost + notDeduped.lost,
    duplicated: deduped.shownTwice + Math.max(notDeduped.shownTwice, notDeduped.framesTwice),
    unknown: deduped.unknown + notDeduped.unknown,
    unsettled: deduped.unsettled + notDeduped.unsettled,
  }
}

/** The zeros every proof with campaigns must show. */
export function zerosOf(verdicts: ModeVerdicts): MustBeZero[] {
  const { lost, duplicated, unsettled } = sumUp(verdicts)
  return [
    { name: 'lost', count: lost },
    { name: 'duplicated', count: duplicated },
    { name: 'unknown although receipts came', count: unsettled },
    { name: 'unknown where the channel dedupes', count: verdicts.deduped.unknown },
  ]
}

/** One round in a line. */
export function tellVerdicts(verdicts: ModeVerdicts): string {
  const told = modes.map((mode) => {
    const { people, sent, lost, shownTwice, framesTwice, unknown, unsettled } = verdicts[mode]
    const words = { lost, 'shown twice': shownTwice, 'frames twice': framesTwice, unknown, unsettled }
    const odd = Object.entries(words).filter(([, count]) => count > 0)
    return `${mode} ${sent}/${people}${odd.map(([word, count]) => `, ${count} ${word}`).join('')}`
  })
  return told.join('; ')
}

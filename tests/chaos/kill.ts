import { setTimeout as wait } from 'node:timers/promises'
import { newFolder } from './children.ts'
import type { KillPlan } from './crossings.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { addVerdicts, judge, noVerdict } from './judge.ts'
import type { Verdict } from './judge.ts'
import { KilledPoints, KillPlans } from './kill-plans.ts'
import { startPostgres } from './postgres.ts'
import type { Proof, ProofResult } from './proof.ts'
import { startSimulator } from './simulator.ts'
import type { ChaosSimulator } from './simulator.ts'
import { createVictims } from './victims.ts'
import type { Victim, Victims } from './victims.ts'

const sendersPerMode = 10
const peoplePerMode = 100
const roundsUsual = 100
const killsPerRound = 3
const patienceMs = 60_000
/** Of the rounds; the others kill at an instant drawn by chance. */
const shareAtPoints = 0.75
const lifeMs = 1_200

const modes = ['deduped', 'notDeduped'] as const
type Mode = (typeof modes)[number]
const lanes = ['batched', 'paced'] as const
type Lanes = (typeof lanes)[number]

const calm = { latencyMsMin: 5, latencyMsMax: 40, timeScale: 3_600 }
const pacingOf = { batched: null, paced: { delayMsMin: 20, delayMsMax: 60 } } as const

interface World {
  readonly desk: Desk
  readonly simulator: ChaosSimulator
  readonly victims: Victims
  readonly senders: Readonly<Record<Mode, readonly string[]>>
  /** Points of a process that was at work when the campaign began, and of one that comes after a killed one. */
  readonly plans: Readonly<Record<Lanes, { readonly begun: KillPlans; readonly restarted: KillPlans }>>
  readonly killed: KilledPoints
}

interface Round {
  readonly verdicts: Readonly<Record<Mode, Verdict>>
  readonly kills: number
  readonly wrongFigures: readonly string[]
  readonly isFinished: boolean
}

/** Kills Siar by SIGKILL at every await point of the send path and at random, and counts what people saw. */
export const proveKill: Proof = async ({ rounds, logFile, say }) => {
  const wanted = rounds ?? roundsUsual
  const world = await buildWorld(logFile)
  const totals: Record<Mode, Verdict> = { deduped: noVerdict, notDeduped: noVerdict }
  let kills = 0
  let done = 0
  const wrongFigures: string[] = []
  let survivor: Victim | null = null
  for (let round = 0; round < wanted; round += 1) {
    const kind = lanes[round % lanes.length] as Lanes
    const isAtPoint = round < lanes.length || round < Math.ceil(wanted * shareAtPoints)
    const ended: { victim: Victim; result: Round } = await runRound(world, survivor, kind, isAtPoint)
    survivor = ended.victim
    const { result } = ended
    for (const mode of modes) totals[mode] = addVerdicts(totals[mode], result.verdicts[mode])
    kills += result.kills
    done += 1
    wrongFigures.push(...result.wrongFigures)
    say(`round ${round + 1}/${wanted} ${kind}: ${result.kills} kills, ${tellRound(result)}`)
    if (!result.isFinished) break
  }
  return conclude(world, done, kills, totals, wrongFigures)
}

async function buildWorld(logFile: string | null): Promise<World> {
  const folder = await newFolder()
  const [postgres, simulator] = await Promise.all([startPostgres(), startSimulator(folder)])
  const environment = {
    DATABASE_URL: postgres.url,
    SIMULATOR_URL: simulator.urls[0] ?? '',
    SIAR_DATA_DIR: folder,
    SIAR_DEMO: 'off',
    LOG_LEVEL: 'warn',
  }
  const victims = createVictims({ environment, logFile })
  const desk = await openDesk(postgres.url, folder)
  const senders = {
    deduped: await desk.addSenders(sendersPerMode, { ...calm, dedupesOurId: true }),
    notDeduped: await desk.addSenders(sendersPerMode, { ...calm, dedupesOurId: false }),
  }
  const killed = new KilledPoints()
  const plan = () => ({
    begun: new KillPlans(killed, Math.random),
    restarted: new KillPlans(killed, Math.random),
  })
  return { desk, simulator, victims, senders, plans: { batched: plan(), paced: plan() }, killed }
}

/** One campaign in each mode at once, over a process that is killed, and killed again, and then let go on. */
async function runRound(
  world: World,
  survivor: Victim | null,
  kind: Lanes,
  isAtPoint: boolean,
): Promise<{ victim: Victim; result: Round }> {
  const { desk, senders, plans, killed } = world
  let victim = survivor ?? (await startAnew(world, null))
  let phase: 'begun' | 'restarted' = 'begun'
  let plan = isAtPoint ? plans[kind].begun.next() : null
  await victim.follow(plan)
  const campaignIds = await Promise.all(
    modes.map((mode) =>
      desk.startCampaign({ people: peoplePerMode, senderIds: senders[mode], pacing: pacingOf[kind] }),
    ),
  )
  let kills = 0
  const giveUpAtMs = performance.now() + patienceMs
  for (;;) {
    if (!isAtPoint && kills < killsPerRound) killLater(victim, Math.random() * lifeMs)
    const isDone = await untilOverOrDead(world, victim, campaignIds, giveUpAtMs)
    if (isDone || performance.now() > giveUpAtMs) break
    kills += 1
    if (plan) killed.add(plan.point)
    phase = 'restarted'
    plan = isAtPoint && kills < killsPerRound ? plans[kind].restarted.next() : null
    victim = await startAnew(world, plan)
  }
  if (plan) killed.miss(plan.point)
  else if (isAtPoint) plans[kind][phase].learn(await victim.counts().catch(() => ({})))
  if (victim.isLiving()) await victim.follow(null).catch(() => undefined)
  return { victim, result: await judgeRound(world, campaignIds, kills) }
}

/** A dead process cannot renew its leases; that others wait for them to end is what `workers` proves. */
async function startAnew({ desk, victims }: World, plan: KillPlan | null): Promise<Victim> {
  await desk.query('delete from processes')
  await desk.query('update shards set expires_at = now()')
  return victims.next(plan)
}

function killLater(victim: Victim, delayMs: number): void {
  void wait(delayMs, undefined, { ref: false }).then(() => victim.kill())
}

/** @returns whether every campaign has ended and every receipt has come. */
async function untilOverOrDead(
  world: World,
  victim: Victim,
  campaignIds: readonly string[],
  giveUpAtMs: number,
): Promise<boolean> {
  for (;;) {
    if (await isOver(world, campaignIds)) return true
    if (!victim.isLiving() || performance.now() > giveUpAtMs) return false
    await Promise.race([victim.exited, wait(20)])
  }
}

/** Everybody who was sent a message reads it here, so a person who has it and is not `read` waits for a receipt. */
async function isOver(world: World, campaignIds: readonly string[]): Promise<boolean> {
  const { desk } = world
  const done = await Promise.all(campaignIds.map((id) => desk.isCompleted(id)))
  if (!done.every(Boolean)) return false
  const people = await desk.people(campaignIds)
  if (people.some(({ status }) => !['read', 'replied', 'unknown'].includes(status))) return false
  const verdicts = await judgeModes(world, campaignIds)
  return modes.every((mode) => verdicts[mode].unsettled === 0)
}

async function judgeModes(
  { desk, simulator, senders }: World,
  campaignIds: readonly string[],
): Promise<Record<Mode, Verdict>> {
  const frames = simulator.frames()
  const verdicts = await Promise.all(
    modes.map(async (mode, index) => {
      const own = frames.filter(({ senderId }) => senders[mode].includes(senderId))
      return [mode, judge(await desk.people([campaignIds[index] as string]), own)] as const
    }),
  )
  return Object.fromEntries(verdicts) as Record<Mode, Verdict>
}

async function judgeRound(world: World, campaignIds: readonly string[], kills: number): Promise<Round> {
  return {
    verdicts: await judgeModes(world, campaignIds),
    kills,
    wrongFigures: await world.desk.wrongFigures(campaignIds),
    isFinished: await isOver(world, campaignIds),
  }
}

function tellRound({ verdicts, wrongFigures, isFinished }: Round): string {
  const told = modes.map((mode) => {
    const { sent, lost, shownTwice, framesTwice, unknown } = verdicts[mode]
    return `${mode} ${sent} sent ${lost} lost ${shownTwice} shown twice ${framesTwice} frames twice ${unknown} unknown`
  })
  const figures = wrongFigures.length > 0 ? `; wrong figures ${wrongFigures.join(', ')}` : ''
  return `${told.join('; ')}${figures}${isFinished ? '' : '; DID NOT END'}`
}

function conclude(
  { plans, killed }: World,
  rounds: number,
  kills: number,
  { deduped, notDeduped }: Record<Mode, Verdict>,
  wrongFigures: readonly string[],
): ProofResult {
  const all = lanes.flatMap((kind) => [plans[kind].begun, plans[kind].restarted])
  const points = new Set(all.flatMap(({ known }) => known))
  const duplicated = deduped.shownTwice + Math.max(notDeduped.shownTwice, notDeduped.framesTwice)
  return {
    rounds,
    sent: deduped.sent + notDeduped.sent,
    lost: deduped.lost + notDeduped.lost,
    duplicated,
    unknown: deduped.unknown + notDeduped.unknown,
    liveTwice: null,
    takeoverMs: null,
    details: {
      kills,
      points: points.size,
      pointsKilledAt: killed.size,
      wrongFigures: wrongFigures.length,
      unsettled: deduped.unsettled + notDeduped.unsettled,
      modes: { deduped, notDeduped },
    },
    load: `${rounds} rounds, each ${peoplePerMode} people over ${sendersPerMode} senders in each mode, up to ${killsPerRound} kills a round`,
    mustBeZero: [
      { name: 'lost', count: deduped.lost + notDeduped.lost },
      { name: 'duplicated', count: duplicated },
      { name: 'unknown although receipts came', count: deduped.unsettled + notDeduped.unsettled },
      { name: 'unknown where the channel dedupes', count: deduped.unknown },
      { name: 'figures that do not add up', count: wrongFigures.length },
    ],
  }
}

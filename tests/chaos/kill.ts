import { setTimeout as wait } from 'node:timers/promises'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundle } from './bundle.ts'
import { here, newFolder } from './children.ts'
import type { KillPlan } from './crossings.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { KillPlans } from './kill-plans.ts'
import type { Kills } from './kill-plans.ts'
import {
  addModeSenders,
  addModeVerdicts,
  lanes,
  noVerdicts,
  startModeCampaigns,
  sumUp,
  tellVerdicts,
  zerosOf,
} from './modes.ts'
import type { Lanes, ModeCampaigns, ModeSenders, ModeVerdicts } from './modes.ts'
import { startPostgres } from './postgres.ts'
import type { Proof, ProofResult } from './proof.ts'
import { startSimulator } from './simulator.ts'
import type { ChaosSimulator } from './simulator.ts'
import { createVictims } from './victims.ts'
import type { Victim, Victims } from './victims.ts'

const sendersPerMode = 10
const peoplePerMode = 100
const roundsUsual = 100
const killsPerRound = 4
const patienceMs = 180_000
/** Of the rounds; the others kill at an instant drawn by chance. */
const shareAtPoints = 0.85
const lifeMsMax = 1_500
const pacingOf = { batched: null, paced: { delayMsMin: 20, delayMsMax: 60 } } as const

interface World {
  readonly desk: Desk
  readonly simulator: ChaosSimulator
  readonly victims: Victims
  readonly senders: ModeSenders
  /** Points of a process that was at work when the campaign began, and of one that comes after a killed one. */
  readonly plans: Readonly<Record<Lanes, { readonly begun: KillPlans; readonly restarted: KillPlans }>>
  readonly kills: Kills
  /** Counts the deaths by plan since the last call into `kills`. */
  readonly countDeaths: () => void
}

interface Round {
  readonly verdicts: ModeVerdicts
  readonly kills: number
  readonly wrongFigures: readonly string[]
  /** What stands where when the round did not end; null when it did. */
  readonly stuck: string | null
}

/** Kills Siar by SIGKILL at every await point of the send path and at random, and counts what people saw. */
export const proveKill: Proof = async ({ rounds, logFile, say }) => {
  const wanted = rounds ?? roundsUsual
  const world = await buildWorld(logFile)
  let totals = noVerdicts
  let kills = 0
  let done = 0
  const wrongFigures: string[] = []
  let survivor: Victim | null = null
  let stuck = 0
  while (done < wanted && stuck === 0) {
    const kind = lanes[done % lanes.length] as Lanes
    const isAtPoint = done < lanes.length || done < Math.ceil(wanted * shareAtPoints)
    const ended: { victim: Victim; result: Round } = await runRound(world, survivor, kind, isAtPoint)
    survivor = ended.victim
    const { result } = ended
    totals = addModeVerdicts(totals, result.verdicts)
    kills += result.kills
    wrongFigures.push(...result.wrongFigures)
    done += 1
    stuck += result.stuck === null ? 0 : 1
    say(`round ${done}/${wanted} ${kind}: ${result.kills} kills, ${tellRound(result)}`)
  }
  return conclude(world, { rounds: done, kills, stuck, verdicts: totals, wrongFigures: wrongFigures.length })
}

async function buildWorld(logFile: string | null): Promise<World> {
  const folder = await newFolder()
  const [postgres, simulator, program] = await Promise.all([
    startPostgres(),
    startSimulator(folder),
    bundle(here('victim-process.ts')),
  ])
  const environment = {
    DATABASE_URL: postgres.url,
    SIMULATOR_URL: simulator.urls[0] ?? '',
    SIAR_DATA_DIR: folder,
    SIAR_DEMO: 'off',
    LOG_LEVEL: 'warn',
  }
  const deathsFile = path.join(folder, 'deaths.txt')
  writeFileSync(deathsFile, '')
  const victims = createVictims({ program, deathsFile, environment, logFile })
  const desk = await openDesk(postgres.url, folder)
  const kills: Kills = new Map()
  const plan = () => ({
    begun: new KillPlans(kills, Math.random),
    restarted: new KillPlans(kills, Math.random),
  })
  const countDeaths = (): void => {
    kills.clear()
    for (const point of readFileSync(deathsFile, 'utf8').split('\n'))
      if (point !== '') kills.set(point, (kills.get(point) ?? 0) + 1)
  }
  const senders = await addModeSenders(desk, sendersPerMode)
  return { desk, simulator, victims, senders, plans: { batched: plan(), paced: plan() }, kills, countDeaths }
}

/** One campaign in each mode at once, over a process that is killed, and killed again, and then let go on. */
async function runRound(
  world: World,
  survivor: Victim | null,
  kind: Lanes,
  isAtPoint: boolean,
): Promise<{ victim: Victim; result: Round }> {
  const { desk, simulator, senders, plans, countDeaths } = world
  let victim = survivor?.isLiving() ? survivor : await startAnew(world, null)
  let phase: 'begun' | 'restarted' = 'begun'
  let plan = isAtPoint ? plans[kind].begun.next() : null
  await victim.follow(plan)
  const campaigns = await startModeCampaigns(desk, simulator, senders, {
    peoplePerMode,
    pacing: pacingOf[kind],
  })
  let kills = 0
  let giveUpAtMs = performance.now() + patienceMs
  for (;;) {
    const isByChance = !isAtPoint && kills < killsPerRound
    const spare = isByChance ? killLater(victim, Math.random() * lifeMsMax) : () => undefined
    const isOver = await untilOverOrDead(campaigns, victim, giveUpAtMs)
    spare()
    if (isOver || performance.now() > giveUpAtMs) break
    kills += 1
    countDeaths()
    phase = 'restarted'
    plan = isAtPoint && kills < killsPerRound ? plans[kind].restarted.next() : null
    victim = await startAnew(world, plan)
    giveUpAtMs = performance.now() + patienceMs
  }
  if (plan === null && isAtPoint) plans[kind][phase].learn(await victim.counts().catch(() => ({})))
  if (victim.isLiving()) await victim.follow(null).catch(() => undefined)
  return {
    victim,
    result: {
      verdicts: await campaigns.judge(),
      kills,
      wrongFigures: await campaigns.wrongFigures(),
      stuck: (await campaigns.isOver()) ? null : await campaigns.explain(),
    },
  }
}

/** A dead process cannot renew its leases; that others wait for them to end is what `workers` proves. */
async function startAnew({ desk, victims }: World, plan: KillPlan | null): Promise<Victim> {
  await desk.query('delete from processes')
  await desk.query('update shards set expires_at = now()')
  return victims.next(plan)
}

/** @returns the way to call it off. */
function killLater(victim: Victim, delayMs: number): () => void {
  const timer = setTimeout(() => void victim.kill(), delayMs)
  return () => clearTimeout(timer)
}

async function untilOverOrDead(
  campaigns: ModeCampaigns,
  victim: Victim,
  giveUpAtMs: number,
): Promise<boolean> {
  for (;;) {
    if (await campaigns.isOver()) return true
    if (!victim.isLiving() || performance.now() > giveUpAtMs) return false
    await Promise.race([victim.exited, wait(50)])
  }
}

function tellRound({ verdicts, wrongFigures, stuck }: Round): string {
  const figures = wrongFigures.length > 0 ? `; wrong figures ${wrongFigures.join(', ')}` : ''
  return `${tellVerdicts(verdicts)}${figures}${stuck === null ? '' : `; DID NOT END: ${stuck}`}`
}

interface Totals {
  readonly rounds: number
  readonly kills: number
  readonly stuck: number
  readonly verdicts: ModeVerdicts
  readonly wrongFigures: number
}

function conclude({ plans, kills: killed }: World, totals: Totals): ProofResult {
  const { rounds, kills, stuck, verdicts, wrongFigures } = totals
  const all = lanes.flatMap((kind) => [plans[kind].begun, plans[kind].restarted])
  const points = new Set(all.flatMap(({ known }) => known))
  const { unsettled, ...sums } = sumUp(verdicts)
  return {
    rounds,
    ...sums,
    liveTwice: null,
    takeoverMs: null,
    details: {
      kills,
      points: points.size,
      pointsKilledAt: [...points].filter((point) => killed.has(point)).length,
      neverKilledAt: [...points].filter((point) => !killed.has(point)).toSorted(),
      wrongFigures,
      unsettled,
      modes: verdicts,
    },
    load: `${rounds} rounds, each ${peoplePerMode} people over ${sendersPerMode} senders in each mode, up to ${killsPerRound} kills a round`,
    mustBeZero: [
      ...zerosOf(verdicts),
      { name: 'rounds that did not end', count: stuck },
      { name: 'figures that do not add up', count: wrongFigures },
    ],
  }
}

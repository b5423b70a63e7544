import { setTimeout as wait } from 'node:timers/promises'
import { waitUntil } from '../../packages/test-kit/src/wait-until.ts'
import { newFolder, untilExit } from './children.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
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
import { startProgram } from './program.ts'
import type { Program } from './program.ts'
import type { Proof, ProofResult } from './proof.ts'
import { findLiveTwice, sendersOf, takeoverMsOf } from './sessions.ts'
import type { Absence } from './sessions.ts'
import { startSimulator } from './simulator.ts'
import type { ChaosSimulator } from './simulator.ts'

const workersAtOnce = 3
const sendersPerMode = 15
const roundsUsual = 6
/** Slow enough that many messages are in flight when a process freezes. */
const latency = { latencyMsMin: 150, latencyMsMax: 500 }
/** Paced: one campaign that lasts about as long as the round. Batched: one before each blow. */
const wishes = {
  paced: { peoplePerMode: 900, pacing: { delayMsMin: 300, delayMsMax: 600 } },
  batched: { peoplePerMode: 400, pacing: null },
} as const
const takeoverMsMax = 10_000
/** Longer than a take-over may last, so that one that is too slow is measured and not only missed. */
const patienceMs = 40_000
const startsPerRound = 2

interface Worker {
  readonly door: number
  readonly program: Program
}

interface World {
  readonly desk: Desk
  readonly simulator: ChaosSimulator
  readonly senders: ModeSenders
  readonly absences: Absence[]
  startWorker(): Worker
}

interface Round {
  readonly verdicts: ModeVerdicts
  readonly afterKillMs: number
  readonly afterFreezeMs: number
  readonly handOverMs: number
  /** Messages whose outcome a process that was asked to end did not wait for. */
  readonly leftInFlight: number
  readonly isFinished: boolean
}

/**
 * Three workers on one database, of which one is killed, one frozen and later resumed, one frozen for about as long as its
 * leases hold, and one asked to end, while campaigns run.
 */
export const proveWorkers: Proof = async ({ rounds, isShort = false, logFile, say }) => {
  const wanted = rounds ?? roundsUsual
  const world = await buildWorld(wanted, logFile)
  const workers = Array.from({ length: workersAtOnce }, () => world.startWorker())
  const done: Round[] = []
  for (let number = 0; number < wanted; number += 1) {
    const kind = lanes[number % lanes.length] as Lanes
    const round = await (isShort ? runShortRound(world, workers) : runRound(world, workers, kind))
    done.push(round)
    say(
      `round ${number + 1}/${wanted} ${kind}: ${tellVerdicts(round.verdicts)}; taken over ${round.afterKillMs} ms after a kill, ` +
        `${round.afterFreezeMs} ms after a freeze, ${round.handOverMs} ms after a request to end, ${round.leftInFlight} left in flight; ` +
        `live twice ${findLiveTwice(world.simulator.sessions(), world.absences).length}` +
        (round.isFinished ? '' : '; DID NOT END'),
    )
    if (!round.isFinished) break
  }
  const liveTwice = findLiveTwice(world.simulator.sessions(), world.absences).length
  return conclude(done, liveTwice)
}

async function buildWorld(rounds: number, logFile: string | null): Promise<World> {
  const folder = await newFolder()
  const doors = workersAtOnce + startsPerRound * rounds
  const [postgres, simulator] = await Promise.all([startPostgres(), startSimulator(folder, doors)])
  const desk = await openDesk(postgres.url, folder)
  const senders = await addModeSenders(desk, sendersPerMode, latency)
  let started = 0
  return {
    desk,
    simulator,
    senders,
    absences: [],
    startWorker: () => {
      const door = started
      started += 1
      const environment = {
        DATABASE_URL: postgres.url,
        SIMULATOR_URL: simulator.urls[door] ?? '',
        SIAR_DATA_DIR: folder,
      }
      return { door, program: startProgram({ role: 'worker', environment, logFile }) }
    },
  }
}

async function runRound(world: World, workers: Worker[], kind: Lanes): Promise<Round> {
  const { desk, simulator, senders } = world
  await untilShared(world)
  const campaigns: ModeCampaigns[] = []
  const beBusy = async (): Promise<void> => {
    if (kind === 'batched' || campaigns.length === 0)
      campaigns.push(await startModeCampaigns(desk, simulator, senders, wishes[kind]))
    await wait(200 + Math.random() * 800)
  }
  await beBusy()
  const afterKillMs = await killOne(world, workers)
  await beBusy()
  const afterFreezeMs = await freezeOne(world, workers)
  await beBusy()
  await freezeOneAtTheEdge(world, workers)
  await beBusy()
  const { handOverMs, leftInFlight } = await endOne(world, workers)
  let verdicts = noVerdicts
  let isFinished = true
  for (const pair of campaigns) {
    isFinished = (await untilOver(pair)) && isFinished
    verdicts = addModeVerdicts(verdicts, await pair.judge())
  }
  return { verdicts, afterKillMs, afterFreezeMs, handOverMs, leftInFlight, isFinished }
}

/** One killed and one frozen at the same time: a single worker has everything, until the frozen one wakes. */
async function runShortRound(world: World, workers: Worker[]): Promise<Round> {
  const { desk, simulator, senders } = world
  await untilShared(world)
  const wish = { ...wishes.paced, peoplePerMode: wishes.paced.peoplePerMode / 3 }
  const campaigns = await startModeCampaigns(desk, simulator, senders, wish)
  await wait(Math.random() * 1_000)
  const [killed, frozen] = workers as [Worker, Worker]
  const leaveKilled = beginBlow(world, killed, 'SIGKILL')
  const leaveFrozen = beginBlow(world, frozen, 'SIGSTOP')
  const [afterKillMs, afterFreezeMs] = await Promise.all([leaveKilled.taken, leaveFrozen.taken])
  resume(world, frozen, leaveFrozen.atMs)
  const isFinished = await untilOver(campaigns)
  const verdicts = await campaigns.judge()
  return { verdicts, afterKillMs, afterFreezeMs, handOverMs: 0, leftInFlight: 0, isFinished }
}

/** Every worker holds its share and every sender is online. */
async function untilShared({ desk }: World): Promise<void> {
  await waitUntil(
    async () => {
      const owners = await desk.query<{ shards: number }>(
        'select count(*)::int as shards from shards where expires_at > now() group by owner',
      )
      const waiting = await desk.query(`select 1 from senders where status <> 'online' limit 1`)
      const isEven = owners.every(({ shards }) => Math.abs(shards - 256 / workersAtOnce) < 2)
      return owners.length === workersAtOnce && isEven && waiting.length === 0
    },
    { timeoutMs: 180_000, everyMs: 50, what: `${workersAtOnce} workers to share the shards evenly` },
  )
}

/** Sends a signal and waits until every sender of the worker lives elsewhere. */
function beginBlow(
  { simulator, absences }: World,
  { door, program }: Worker,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGTERM',
): { readonly atMs: number; readonly senderIds: readonly string[]; readonly taken: Promise<number> } {
  const senderIds = sendersOf(simulator.sessions(), door)
  const atMs = Date.now()
  if (signal === 'SIGKILL') absences.push({ door, fromMs: atMs, toMs: Infinity })
  program.child.kill(signal)
  const look = (): number | null => takeoverMsOf(simulator.sessions(), senderIds, door, atMs)
  const options = { timeoutMs: patienceMs, everyMs: 200, what: 'a take-over' }
  const taken = waitUntil(() => (look() === null ? null : 'taken'), options).then(
    () => look() ?? patienceMs,
    () => patienceMs,
  )
  return { atMs, senderIds, taken }
}

async function killOne(world: World, workers: Worker[]): Promise<number> {
  const worker = workers.shift() as Worker
  const takenMs = await beginBlow(world, worker, 'SIGKILL').taken
  workers.push(world.startWorker())
  await untilShared(world)
  return takenMs
}

/** Frozen until all its senders live elsewhere, then a little longer. */
async function freezeOne(world: World, workers: Worker[]): Promise<number> {
  const worker = workers.shift() as Worker
  workers.push(worker)
  const { atMs, taken } = beginBlow(world, worker, 'SIGSTOP')
  const takenMs = await taken
  await wait(Math.random() * 1_000)
  resume(world, worker, atMs)
  await untilShared(world)
  return takenMs
}

/** Frozen for about as long as its leases hold: it may go on, or must stop. */
async function freezeOneAtTheEdge(world: World, workers: Worker[]): Promise<void> {
  const worker = workers.shift() as Worker
  workers.push(worker)
  const atMs = Date.now()
  worker.program.child.kill('SIGSTOP')
  await wait(4_000 + Math.random() * 3_500)
  resume(world, worker, atMs)
  await untilShared(world)
}

function resume({ absences }: World, { door, program }: Worker, fromMs: number): void {
  absences.push({ door, fromMs, toMs: Date.now() })
  program.child.kill('SIGCONT')
}

async function endOne(world: World, workers: Worker[]): Promise<Pick<Round, 'handOverMs' | 'leftInFlight'>> {
  const worker = workers.shift() as Worker
  const { atMs, senderIds, taken } = beginBlow(world, worker, 'SIGTERM')
  const handOverMs = await taken
  await untilExit(worker.program.child)
  workers.push(world.startWorker())
  await untilShared(world)
  const [row] = await world.desk.query<{ count: number }>(
    `select count(*)::int as count from attempts
     where sender_id = any($1::text[]) and reason = 'crashed' and finished_at >= $2`,
    [senderIds, new Date(atMs)],
  )
  return { handOverMs, leftInFlight: row?.count ?? 0 }
}

async function untilOver(campaigns: ModeCampaigns): Promise<boolean> {
  const options = { timeoutMs: 300_000, everyMs: 100, what: 'the campaigns to end' }
  return waitUntil(() => campaigns.isOver(), options).catch(() => false)
}

function conclude(rounds: readonly Round[], liveTwice: number): ProofResult {
  const verdicts = rounds.reduce((sum, round) => addModeVerdicts(sum, round.verdicts), noVerdicts)
  const longest = (of: (round: Round) => number): number => Math.max(0, ...rounds.map(of))
  const afterKillMs = longest((round) => round.afterKillMs)
  const afterFreezeMs = longest((round) => round.afterFreezeMs)
  const takeoverMs = Math.max(afterKillMs, afterFreezeMs)
  const leftInFlight = rounds.reduce((sum, round) => sum + round.leftInFlight, 0)
  const { unsettled, ...sums } = sumUp(verdicts)
  return {
    rounds: rounds.length,
    ...sums,
    liveTwice,
    takeoverMs,
    details: {
      afterKillMs,
      afterFreezeMs,
      handOverMs: longest((round) => round.handOverMs),
      leftInFlight,
      unsettled,
      modes: verdicts,
    },
    load: `${rounds.length} rounds, ${workersAtOnce} workers, ${sendersPerMode} senders in each mode; in turn campaigns to ${wishes.batched.peoplePerMode} people at full speed and to ${wishes.paced.peoplePerMode} with pauses`,
    mustBeZero: [
      ...zerosOf(verdicts),
      { name: 'senders live twice', count: liveTwice },
      { name: 'take-overs over 10 s', count: takeoverMs > takeoverMsMax ? 1 : 0 },
      { name: 'left in flight by a process that was asked to end', count: leftInFlight },
      { name: 'rounds that did not end', count: rounds.filter(({ isFinished }) => !isFinished).length },
    ],
  }
}

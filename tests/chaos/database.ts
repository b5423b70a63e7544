import { setTimeout as wait } from 'node:timers/promises'
import { atEnd, newFolder } from './children.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { embeddedPostgresOf } from './embedded-siar.ts'
import { createImports } from './import-judge.ts'
import type { ImportVerdict, RunningImport } from './import-judge.ts'
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
import type { ModeCampaigns, ModeSenders, ModeVerdicts } from './modes.ts'
import { removeServer, startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'
import { startProgram, untilProgram } from './program.ts'
import type { Program } from './program.ts'
import type { Proof, ProofRequest, ProofResult } from './proof.ts'
import { startSimulator } from './simulator.ts'
import type { ChaosSimulator } from './simulator.ts'

const sendersPerMode = 10
const loads = {
  usual: { peoplePerMode: 200, importPeople: 20_000 },
  short: { peoplePerMode: 100, importPeople: 4_000 },
} as const
const roundsUsual = 20
const patienceMs = 300_000
const pacingOf = { batched: null, paced: { delayMsMin: 40, delayMsMax: 120 } } as const

/** What is done to PostgreSQL while messages and rows are on their way. */
const blows = ['connections cut', 'killed', 'stopped', 'restarted'] as const
type Blow = (typeof blows)[number]

/** Whose server it is: one that stays down until somebody starts it, or the one Siar keeps for itself. */
type Keeper = 'external' | 'embedded'
/** Every fourth round. */
const embeddedEvery = 4

interface World {
  readonly postgres: Postgres
  readonly desk: Desk
  readonly simulator: ChaosSimulator
  readonly program: Program
  readonly senders: ModeSenders
  readonly startImport: (people: number) => Promise<RunningImport>
  readonly load: (typeof loads)[keyof typeof loads]
}

interface Round {
  readonly verdicts: ModeVerdicts
  readonly imported: ImportVerdict
  readonly wrongFigures: readonly string[]
  /** From the return of the database to the end of everything. */
  readonly recoveryMs: number
  readonly isFinished: boolean
}

/** Stops, kills, restarts and cuts PostgreSQL during campaigns and an import; Siar has to survive and go on by itself. */
export const proveDatabase: Proof = async (request) => {
  const wanted = request.rounds ?? roundsUsual
  const load = loads[request.isShort ? 'short' : 'usual']
  const embedded = Math.floor(wanted / embeddedEvery)
  const rounds: Round[] = []
  let deaths = 0
  for (const [keeper, count] of [
    ['external', wanted - embedded],
    ['embedded', embedded],
  ] as const) {
    if (count === 0 || rounds.some(({ isFinished }) => !isFinished)) continue
    const world = await buildWorld(keeper, load, request.logFile)
    rounds.push(...(await runRounds(world, keeper, count, request.say)))
    if (!world.program.isLiving()) deaths += 1
    world.program.child.kill('SIGTERM')
  }
  return conclude(rounds, deaths, load)
}

async function buildWorld(
  keeper: Keeper,
  load: World['load'],
  logFile: ProofRequest['logFile'],
): Promise<World> {
  const folder = await newFolder()
  const simulator = await startSimulator(folder)
  const server = keeper === 'external' ? await startPostgres() : null
  const environment = {
    SIMULATOR_URL: simulator.urls[0] ?? '',
    SIAR_DATA_DIR: folder,
    ...(server ? { DATABASE_URL: server.url } : {}),
  }
  if (!server) atEnd(() => removeServer(folder))
  const program = startProgram({ role: 'start', environment, logFile })
  const postgres = server ?? (await untilEmbedded(program, folder))
  const desk = await openDesk(postgres.url, folder)
  const senders = await addModeSenders(desk, sendersPerMode)
  await untilProgram(program, () => areOnline(desk), 'senders to come online')
  return { postgres, desk, simulator, program, senders, startImport: createImports(desk), load }
}

async function untilEmbedded(program: Program, folder: string): Promise<Postgres> {
  await untilProgram(program, () => embeddedPostgresOf(folder), 'its database')
  const postgres = await embeddedPostgresOf(folder)
  await postgres.start()
  return postgres
}

async function areOnline(desk: Desk): Promise<boolean> {
  const [row] = await desk.query<{ waiting: number }>(
    `select count(*)::int as waiting from senders where status <> 'online'`,
  )
  return row?.waiting === 0
}

async function runRounds(
  world: World,
  keeper: Keeper,
  count: number,
  say: ProofRequest['say'],
): Promise<Round[]> {
  const rounds: Round[] = []
  for (let number = 0; number < count; number += 1) {
    const blow = blows[number % blows.length] as Blow
    const kind = lanes[Math.floor(number / blows.length + number) % lanes.length] ?? 'batched'
    const round = await runRound(world, blow, pacingOf[kind])
    rounds.push(round)
    const { status, lost, doubled } = round.imported
    say(
      `${keeper} ${number + 1}/${count} ${blow}, ${kind}: ${tellVerdicts(round.verdicts)}; import ${status}, ` +
        `${lost} lost, ${doubled} doubled; over ${round.recoveryMs} ms after` +
        (round.isFinished ? '' : '; DID NOT END'),
    )
    if (!round.isFinished) break
  }
  return rounds
}

async function runRound(
  { postgres, desk, simulator, senders, startImport, program, load }: World,
  blow: Blow,
  pacing: Parameters<typeof startModeCampaigns>[3]['pacing'],
): Promise<Round> {
  const running = await startImport(load.importPeople)
  const campaigns = await startModeCampaigns(desk, simulator, senders, {
    peoplePerMode: load.peoplePerMode,
    pacing,
  })
  await wait(Math.random() * (pacing ? 1_500 : 300))
  await strike(postgres, blow)
  const backAtMs = performance.now()
  const isFinished = await untilOver(campaigns, running, program, backAtMs + patienceMs)
  return {
    verdicts: await campaigns.judge(),
    imported: await running.judge(),
    wrongFigures: await campaigns.wrongFigures(),
    recoveryMs: Math.round(performance.now() - backAtMs),
    isFinished,
  }
}

/** Resolves when the database is there again. */
async function strike(postgres: Postgres, blow: Blow): Promise<void> {
  switch (blow) {
    case 'connections cut':
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await postgres.cutConnections()
        await wait(Math.random() * 400)
      }
      return
    case 'killed':
      await postgres.kill()
      await wait(Math.random() * 2_000)
      return postgres.start()
    case 'stopped':
      await postgres.stop()
      // Half of the time longer than the leases hold.
      await wait(1_000 + Math.random() * 8_000)
      return postgres.start()
    case 'restarted':
      await postgres.stop()
      return postgres.start()
    default:
      blow satisfies never
  }
}

async function untilOver(
  campaigns: ModeCampaigns,
  running: RunningImport,
  program: Program,
  giveUpAtMs: number,
): Promise<boolean> {
  for (;;) {
    const isOver = await Promise.all([campaigns.isOver(), running.isOver()])
      .then((both) => both.every(Boolean))
      .catch(() => false)
    if (isOver) return true
    if (!program.isLiving() || performance.now() > giveUpAtMs) return false
    await wait(50)
  }
}

function conclude(
  rounds: readonly Round[],
  deaths: number,
  { peoplePerMode, importPeople }: World['load'],
): ProofResult {
  const verdicts = rounds.reduce((sum, round) => addModeVerdicts(sum, round.verdicts), noVerdicts)
  const total = (of: (round: Round) => number): number => rounds.reduce((sum, round) => sum + of(round), 0)
  const { unsettled, ...sums } = sumUp(verdicts)
  const imports = {
    rows: total(({ imported }) => imported.rows),
    lost: total(({ imported }) => imported.lost),
    doubled: total(({ imported }) => imported.doubled),
    miscounted: total(({ imported }) => (imported.isCounted ? 0 : 1)),
  }
  const wrongFigures = total((round) => round.wrongFigures.length)
  return {
    rounds: rounds.length,
    ...sums,
    liveTwice: null,
    takeoverMs: null,
    details: {
      deaths,
      imports,
      recoveryMsMax: Math.max(0, ...rounds.map(({ recoveryMs }) => recoveryMs)),
      wrongFigures,
      unsettled,
      modes: verdicts,
    },
    load: `${rounds.length} rounds, each ${peoplePerMode} people over ${sendersPerMode} senders in each mode and an import of ${importPeople} people`,
    mustBeZero: [
      ...zerosOf(verdicts),
      { name: 'rounds that did not end', count: total(({ isFinished }) => (isFinished ? 0 : 1)) },
      { name: 'deaths of Siar', count: deaths },
      { name: 'import rows lost', count: imports.lost },
      { name: 'import rows doubled', count: imports.doubled },
      { name: 'imports that miscounted', count: imports.miscounted },
      { name: 'figures that do not add up', count: wrongFigures },
    ],
  }
}

import { describeEmbedded, pendingMigrations } from '@siar/database'
import type { Command } from 'commander'
import { statfs } from 'node:fs/promises'
import type { WorkspaceId } from '@siar/domain'
import { loadConfig } from '../config.ts'
import { verdictText, verifyChain } from '../features/consent/index.ts'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { askBrowserServers } from '../wiring/browsers.ts'
import { buildCore } from '../wiring/build-core.ts'
import type { RunningCore } from '../wiring/build-core.ts'

interface Finding {
  readonly what: string
  readonly ok: boolean
  readonly told: string
}

const GIBIBYTE = 1024 ** 3
const FREE_BYTES_MIN = GIBIBYTE
const CLOCK_MS_MAX = 2000

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check configuration, database, queue, consent ledger, disk, clock and senders')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(loadConfig())
      if (json) console.log(JSON.stringify(findings))
      else
        for (const { what, ok, told } of findings) console.log(`${ok ? '✓' : '✗'} ${what.padEnd(14)} ${told}`)
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1
    })
}

async function examine(config: Config): Promise<Finding[]> {
  const findings = [
    {
      what: 'configuration',
      ok: true,
      told: `data folder ${config.dataDir}, public address ${config.publicUrl}`,
    },
    await examineDisk(config),
    ...(await examinePlace(config)),
    ...(await examineBrowserless(config)),
  ]
  const running = await buildCore(config, createLogger('silent')).catch((error: unknown) => error as Error)
  if (running instanceof Error) return [...findings, { what: 'database', ok: false, told: running.message }]
  try {
    return [...findings, ...(await examineRunning(running))]
  } finally {
    await running.close()
  }
}

async function examineDisk(config: Config): Promise<Finding> {
  const { bavail, bsize } = await statfs(config.dataDir)
  const freeBytes = bavail * bsize
  return {
    what: 'disk',
    ok: freeBytes >= FREE_BYTES_MIN,
    told: `${(freeBytes / GIBIBYTE).toFixed(1)} GiB free`,
  }
}

/** Where the embedded cluster lies; nothing for an external database. */
async function examinePlace(config: Config): Promise<Finding[]> {
  if (config.databaseUrl) return []
  const { clusterDir, clusterVersion, pid } = await describeEmbedded(config.dataDir)
  const told = clusterDir
    ? `PostgreSQL ${clusterVersion ?? '?'} in ${clusterDir}, ${pid ? `running as process ${pid}` : 'not running'}`
    : 'none yet; the first start makes it'
  return [{ what: 'cluster', ok: true, told }]
}

/** One finding for each Browserless server, by its name; nothing where browsers run on this machine. */
async function examineBrowserless({ browserless }: Config): Promise<Finding[]> {
  const servers = await askBrowserServers(browserless)
  return servers.map(({ name, load }) => ({
    what: `browsers ${name}`,
    ok: load?.isAvailable === true,
    told: load
      ? `${load.running} of ${load.runningMax} browsers run, ${load.queued} wait`
      : 'does not answer, or refuses the token',
  }))
}

async function examineRunning({ core }: RunningCore): Promise<Finding[]> {
  const { pending } = await pendingMigrations(core.database)
  const [facts] = await core.inSystem((scope) =>
    scope.query<{ version: string; clock: Date; online: number; senders: number; workers: number }>(
      `select current_setting('server_version') as version, clock_timestamp() as clock,
         (select count(*) from senders where status = 'online') as online, (select count(*) from senders) as senders,
         (select count(*) from processes where seen_at > now() - interval '6 seconds') as workers`,
    ),
  )
  if (!facts) return [{ what: 'database', ok: false, told: 'no answer' }]
  const driftMs = Math.abs(facts.clock.getTime() - Date.now())
  return [
    {
      what: 'database',
      ok: pending.length === 0,
      told: `PostgreSQL ${facts.version}, ${pending.length} migrations missing`,
    },
    { what: 'clock', ok: driftMs < CLOCK_MS_MAX, told: `${Math.round(driftMs)} ms away from the database's` },
    await examineQueue(core),
    pending.length === 0
      ? await examineConsent(core)
      : { what: 'consent', ok: true, told: 'not looked at before the migrations have run' },
    {
      what: 'senders',
      ok: true,
      told:
        facts.workers > 0
          ? `${facts.online} of ${facts.senders} online, ${facts.workers} processes at work`
          : `${facts.senders}, and Siar is not running`,
    },
  ]
}

/** Every workspace's consent ledger, line by line; the first that does not hold is told. */
async function examineConsent(core: RunningCore['core']): Promise<Finding> {
  const what = 'consent'
  const workspaces = await core.inSystem((scope) =>
    scope.query<{ id: WorkspaceId; name: string; timeZone: string }>(
      'select id, name, time_zone as "timeZone" from workspaces order by id',
    ),
  )
  let lines = 0
  for (const { id, name, timeZone } of workspaces) {
    const verdict = await verifyChain(core, id)
    if (verdict.fault)
      return { what, ok: false, told: `workspace ${name}: ${verdictText(verdict, 'en', timeZone)}` }
    lines += verdict.end?.lines ?? 0
  }
  return { what, ok: true, told: `${lines} lines of the ledger, all as they were written` }
}

async function examineQueue(core: RunningCore['core']): Promise<Finding> {
  const where = core.config.redisUrl ? 'Redis' : 'PostgreSQL'
  try {
    await core.jobs.check()
    return { what: 'queue', ok: true, told: `jobs go through ${where}` }
  } catch (error) {
    return { what: 'queue', ok: false, told: `${where}: ${(error as Error).message}` }
  }
}

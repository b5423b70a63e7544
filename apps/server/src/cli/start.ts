import { whenReachable } from '@siar/database'
import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { createLogger } from '../logger.ts'
import { startServer } from '../wiring/start-server.ts'
import type { Role } from '../wiring/start-server.ts'
import { untilStopped } from './until-stopped.ts'

const roles: readonly { role: Role; about: string }[] = [
  { role: 'start', about: 'everything in one process: dashboard, API, jobs and senders' },
  { role: 'api', about: 'the dashboard and the API alone' },
  { role: 'worker', about: 'jobs and senders alone; run as many as you need on one database' },
]

export function addStart(program: Command): void {
  for (const { role, about } of roles) {
    program
      .command(role, { isDefault: role === 'start' })
      .description(about)
      .action(() => run(role))
  }
}

async function run(role: Role): Promise<void> {
  const config = loadConfig()
  const server = await startServer(config, createLogger(config.logLevel), role)
  try {
    console.log(
      server.url ? `Siar is ready on ${server.url}` : 'Siar is ready: this process works on jobs and senders',
    )
    const link = server.url ? await whenReachable(() => server.setUpLink()) : null
    if (link) console.log(`Open this link once to make the first admin (it works for 24 hours):\n  ${link}`)
    await untilStopped()
  } finally {
    await server.stop()
  }
}

import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { SimulatorServer } from '../wiring/simulator.ts'
import { serveSimulator } from '../wiring/simulator.ts'
import { untilStopped } from './until-stopped.ts'

interface Options {
  readonly port: number
  readonly host: string
  readonly seed: string
  readonly timeScale: number
  readonly record?: string
  readonly json?: true
}

export function addSimulator(program: Command): void {
  program
    .command('simulator')
    .description(
      'the simulated WhatsApp network as a process of its own, with stand-ins for its real servers',
    )
    .option('--port <number>', 'port of the control; the stand-ins take the next ones', parsePort, 4010)
    .option(
      '--host <address>',
      'address to listen on; whoever reaches it rules the simulated world',
      '127.0.0.1',
    )
    .option('--seed <text>', 'fixes how every person behaves', 'siar')
    .option('--time-scale <number>', 'how much faster the clock of the people runs', parseNumber, 60)
    .option('--record <file>', 'append every frame to this file')
    .option('--json', 'print the address as JSON')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { port, host, seed, timeScale, record: recordFile } = options
  const server = await serveSimulator({ port, host, seed, timeScale, recordFile })
  console.log(options.json ? JSON.stringify(addressesOf(server)) : wordsFor(server))
  await untilStopped()
  await server.close()
}

function addressesOf({ url, standIns }: SimulatorServer): object {
  const servers = standIns.map(
    ({ kind, url: address, access }) => [kind, { url: address, ...access }] as const,
  )
  return { url, servers: { control: { url }, ...Object.fromEntries(servers) } }
}

function wordsFor({ url, standIns }: SimulatorServer): string {
  const lines = standIns.map(({ title, url: address }) => `  ${title}: ${address}`)
  return [`The simulator is ready on ${url}`, ...lines].join('\n')
}

function parsePort(text: string): number {
  const port = parseNumber(text)
  if (!Number.isInteger(port) || port > 65_000) throw new InvalidArgumentError('a port up to 65000 is needed')
  return port
}

function parseNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('a number is needed')
  return value
}

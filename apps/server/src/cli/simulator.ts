import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { serveSimulator } from '../wiring/simulator.ts'
import { untilStopped } from './until-stopped.ts'

interface Options {
  readonly port: number
  readonly seed: string
  readonly timeScale: number
  readonly record?: string
  readonly json?: true
}

export function addSimulator(program: Command): void {
  program
    .command('simulator')
    .description('the simulated WhatsApp network as a process of its own')
    .option('--port <number>', 'port to listen on', parseNumber, 4010)
    .option('--seed <text>', 'fixes how every person behaves', 'siar')
    .option('--time-scale <number>', 'how much faster the clock of the people runs', parseNumber, 60)
    .option('--record <file>', 'append every frame to this file')
    .option('--json', 'print the address as JSON')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const { port, seed, timeScale, record: recordFile } = options
  const server = await serveSimulator({ port, seed, timeScale, recordFile })
  console.log(options.json ? JSON.stringify({ url: server.url }) : `The simulator is ready on ${server.url}`)
  await untilStopped()
  await server.close()
}

function parseNumber(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('a number is needed')
  return value
}

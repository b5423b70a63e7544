import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { hasLivingWorker } from '../features/operations/index.ts'
import { createLogger } from '../logger.ts'
import { buildCore } from '../wiring/build-core.ts'
import { buildServices } from '../wiring/build-services.ts'
import { buildWorkers } from '../wiring/build-workers.ts'
import { parseOptions } from './broadcast/options.ts'
import type { BroadcastOptions, RawOptions } from './broadcast/options.ts'
import { runBroadcast } from './broadcast/run-broadcast.ts'
import type { Result } from './broadcast/run-broadcast.ts'
import { createScreen } from './broadcast/screen.ts'

export function addBroadcast(program: Command): void {
  program
    .command('broadcast')
    .argument('<file>', 'CSV or TXT file with the numbers')
    .description('import, check, send to everybody in a file and wait for the result')
    .requiredOption('--message <file>', 'the text, with {name} and {a|b}')
    .option('--media <file>', 'an image or a document')
    .requiredOption('--via <sender>', 'simulator, or the name, number or id of a sender')
    .option('--delay <seconds>', 'pause between two messages, from-to, such as 3-6')
    .option('--consent <words>', 'how these people agreed to get your messages')
    .option('--workspace <name>', 'needed when there are several')
    .option('--name <name>', 'name of the campaign')
    .option('--wait <seconds>', 'how long to wait for receipts after the last message', '15')
    .option('--log <file>', 'one line for each person is appended here', 'logs.txt')
    .option('--rejects <file>', 'rejected rows are written here', 'rejected.csv')
    .option('--yes', 'send without asking')
    .option('--json', 'print the counts as JSON in the last line')
    .action(async (file: string, raw: RawOptions) => {
      const canAsk = process.stdin.isTTY && !raw.json
      const { summary, complete } = await broadcast(parseOptions(file, raw, canAsk))
      if (raw.json) console.log(JSON.stringify(summary))
      process.exitCode = complete ? 0 : 1
    })
}

async function broadcast(options: BroadcastOptions): Promise<Result> {
  const config = loadConfig()
  const running = await buildCore(config, createLogger('warn'))
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const services = buildServices(running.core)
  const alone = !(await running.core.inSystem(hasLivingWorker))
  const workers = alone ? buildWorkers(running, services, 'worker') : null
  const screen = createScreen(options.json === true)
  try {
    await workers?.start()
    const result = await runBroadcast(running.core, services, options, screen, stopped.signal)
    screen.showSummary(result.summary, options.log)
    return result
  } finally {
    await workers?.stop()
    services.mailer.close()
    await running.close()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

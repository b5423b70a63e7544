/**
 * `npm run chaos -- PROOF [--rounds N] [--log FILE] [--json]`: breaks a running Siar again and again and counts what people saw.
 *
 * Progress goes to standard error; with `--json` the last line of standard output is one JSON object. Exit code 1 when a
 * zero that must show is not zero, 2 for a wrong call.
 */
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { endEverything } from './children.ts'
import { brokenPromises } from './proof.ts'
import type { Proof, ProofRequest } from './proof.ts'

const PROOFS: Readonly<Record<string, () => Promise<Proof>>> = {
  kill: async () => (await import('./kill.ts')).proveKill,
  database: async () => (await import('./database.ts')).proveDatabase,
  workers: async () => (await import('./workers.ts')).proveWorkers,
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const loadAverage = (): string => loadavg()[0]?.toFixed(1) ?? '?'

function endOnSignal(signal: 'SIGINT' | 'SIGTERM', code: number): void {
  process.once(signal, () => {
    process.once(signal, () => process.exit(code))
    console.error(`\n${signal}: cleaning up`)
    void endEverything().finally(() => process.exit(code))
  })
}

async function prove(name: string, proof: Proof, request: Omit<ProofRequest, 'say'>, json: boolean) {
  const before = loadAverage()
  const startedAtMs = performance.now()
  const say = (line: string): void => console.error(line)
  const proved = await proof({ ...request, say })
  const { load: done, mustBeZero: _, details, ...figures } = proved
  const seconds = Math.round((performance.now() - startedAtMs) / 1000)
  const result = {
    proof: name,
    ...figures,
    seconds,
    ...details,
    machine,
    load: `${done}; load average ${before} at the start, ${loadAverage()} at the end`,
  }
  for (const [key, value] of Object.entries(result))
    console.log(`${key.padEnd(16)} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
  for (const broken of brokenPromises(proved)) {
    process.exitCode = 1
    console.log(`BROKEN           ${broken}`)
  }
  if (json) console.log(JSON.stringify(result))
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      log: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const [name = ''] = positionals
  const load = Object.hasOwn(PROOFS, name) ? PROOFS[name] : undefined
  const rounds = values.rounds === undefined ? null : Number(values.rounds)
  if (load === undefined || (rounds !== null && !(Number.isInteger(rounds) && rounds > 0))) {
    console.error(
      `Usage: npm run chaos -- PROOF [--rounds N] [--log FILE] [--json]\nProofs: ${Object.keys(PROOFS).join(', ')}`,
    )
    process.exit(2)
  }
  endOnSignal('SIGINT', 130)
  endOnSignal('SIGTERM', 143)
  try {
    await prove(name, await load(), { rounds, logFile: values.log ?? null }, values.json)
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  } finally {
    await endEverything()
  }
}

await main()
process.exit()

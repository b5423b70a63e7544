import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Bench, BenchArguments } from './bench.ts'

const folder = import.meta.dirname
const claims = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => !['run', 'bench', 'cost', 'memory', 'statements'].includes(name))

const { values, positionals } = parseArgs({ allowPositionals: true, strict: false })
const claim = positionals[0] ?? ''
if (!claims.includes(claim)) {
  console.error(`Usage: npm run bench -- CLAIM [--json]\nClaims: ${claims.join(', ')}`)
  process.exit(2)
}

/** `--name value` and `--name=value`; node leaves the value of the first form among the positionals. */
function valueOf(name: string): string | undefined {
  const given = values[name]
  if (typeof given === 'string') return given
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}

const args: BenchArguments = {
  number: (name, fallback) => Number(valueOf(name) ?? fallback),
  flag: (name) => process.argv.includes(`--${name}`),
  say: (line) => console.error(line),
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const { bench } = (await import(`./${claim}.ts`)) as { bench: Bench }
const { load, runs, figures, notes } = await bench.run(args)
console.log(`${claim}\n  load     ${load}\n  machine  ${machine}\n  runs     ${runs}`)
for (const [name, figure] of Object.entries(figures))
  console.log(`  ${name.padEnd(16)} ${figure ?? 'not measured'}`)
for (const note of notes) console.log(`  note: ${note}`)
if (args.flag('json')) console.log(JSON.stringify({ claim, ...figures, machine, load, runs, notes }))
process.exit(0)

/**
 * Builds the dashboard into apps/web/dist. Runs after `npm install` (the `prepare` script) and before the first start.
 *
 * With `--if-changed`, for whoever wants the dashboard to be there: nothing is built when apps/web/dist was made of these very
 * sources and these versions of the libraries, and a build that cannot be made is a failure.
 *
 * Plain JavaScript that also runs on an older Node.js, because npm may start it with the Node.js of the system. It says in one
 * sentence why it skipped (exit 0) or why the build failed (exit 1).
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const WEB = path.join(ROOT, 'apps/web')
const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js')

/** Everything the dashboard is made of; the architecture check keeps it from importing anything else. */
const SOURCES = [
  'apps/web',
  'packages/contract',
  'packages/domain',
  'package-lock.json',
  'tsconfig.base.json',
]
const NOT_SOURCES = ['dist', 'node_modules']

/** Says what a build was made of; it lies in the build, so that whatever removes or replaces the build removes it too. */
const STAMP = path.join(WEB, 'dist/.made-of')

function reasonToSkip() {
  if (process.env.SIAR_SKIP_WEB_BUILD === '1') return 'SIAR_SKIP_WEB_BUILD=1 is set'
  if (!existsSync(path.join(WEB, 'src/main.tsx'))) return 'this copy has no dashboard sources'
  if (!existsSync(VITE)) return 'the build tool vite is not installed (dependencies were left out)'
  return null
}

/** The Node.js that came with the dependencies, else the one running this. */
function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const bundled = path.join(ROOT, `node_modules/node-${platform}-${process.arch}/bin`, file)
  return existsSync(bundled) ? bundled : process.execPath
}

function listFiles(file) {
  if (NOT_SOURCES.includes(path.basename(file))) return []
  const inside = readdirSync(file, { withFileTypes: true })
  return inside.flatMap((entry) => {
    const child = path.join(file, entry.name)
    return entry.isDirectory() ? listFiles(child) : [child]
  })
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const source of SOURCES.map((name) => path.join(ROOT, name))) {
    for (const file of path.extname(source) === '' ? listFiles(source).sort() : [source]) {
      hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

function isMadeOf(hash) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash
}

function build(hash) {
  const args = [VITE, 'build', '--config', path.join(WEB, 'vite.config.ts'), '--logLevel', 'warn', WEB]
  const startedAtMs = Date.now()
  const { status, signal, error } = spawnSync(findNode(), args, { cwd: ROOT, stdio: 'inherit' })
  if (status === 0) {
    writeFileSync(STAMP, hash)
    console.log(`Dashboard built in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s.`)
    return 0
  }
  const cause = error?.message ?? (signal ? `ended by ${signal}` : `vite ended with code ${status}`)
  console.error(
    `The dashboard could not be built: ${cause}. Set SIAR_SKIP_WEB_BUILD=1 to install without it.`,
  )
  return 1
}

function main() {
  const isAsked = process.argv.includes('--if-changed')
  const skipped = reasonToSkip()
  if (skipped !== null) {
    console.log(`Dashboard not built: ${skipped}.`)
    process.exitCode = isAsked ? 1 : 0
    return
  }
  const hash = hashOfSources()
  if (isAsked && isMadeOf(hash)) console.log('The dashboard is built of these very sources already.')
  else process.exitCode = build(hash)
}

main()

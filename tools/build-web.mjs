/**
 * Builds the dashboard into apps/web/dist. Runs after `npm install` (the `prepare` script) and before the first start.
 *
 * Plain JavaScript that also runs on an older Node.js, because npm may start it with the Node.js of the system. It says in one
 * sentence why it skipped (exit 0) or why the build failed (exit 1).
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const WEB = path.join(ROOT, 'apps/web')
const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js')

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

function build() {
  const args = [VITE, 'build', '--config', path.join(WEB, 'vite.config.ts'), '--logLevel', 'warn', WEB]
  const startedAtMs = Date.now()
  const { status, signal, error } = spawnSync(findNode(), args, { cwd: ROOT, stdio: 'inherit' })
  if (status === 0) {
    console.log(`Dashboard built in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s.`)
    return 0
  }
  const cause = error?.message ?? (signal ? `ended by ${signal}` : `vite ended with code ${status}`)
  console.error(
    `The dashboard could not be built: ${cause}. Set SIAR_SKIP_WEB_BUILD=1 to install without it.`,
  )
  return 1
}

const skipped = reasonToSkip()
if (skipped === null) process.exitCode = build()
else console.log(`Dashboard not built: ${skipped}.`)

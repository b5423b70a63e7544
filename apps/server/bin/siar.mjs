#!/usr/bin/env node
/**
 * The command `siar`. Plain JavaScript, so that an older Node.js is refused in a sentence instead of a syntax error.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 24
const fromHere = (file) => fileURLToPath(new URL(file, import.meta.url))

function refuseOldNode() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR_MIN) return
  console.error(
    `Siar needs Node.js ${NODE_MAJOR_MIN} or newer and this is ${process.versions.node}; use \`npm start\` or \`npm run siar\`, which bring their own on Linux and Windows.`,
  )
  process.exit(1)
}

/** A missing dashboard is no reason not to start: the API and the workers do not need it. */
function buildMissingDashboard() {
  const builder = fromHere('../../../tools/build-web.mjs')
  if (existsSync(fromHere('../../web/dist/index.html')) || !existsSync(builder)) return
  spawnSync(process.execPath, [builder], { stdio: 'inherit' })
}

refuseOldNode()
if (process.argv[2] === 'start') buildMissingDashboard()
const { main } = await import('../src/main.ts')
await main(process.argv)

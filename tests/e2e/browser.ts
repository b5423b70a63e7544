import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const SYSTEM_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const SYSTEM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where the browser comes from: installed on this machine, or unpacked from the npm package. */
export type BrowserSource = 'system' | 'package'

/**
 * Starts a headless Chromium for the browser journeys. The caller closes it.
 *
 * Nothing is downloaded. `SIAR_TEST_BROWSER=/path` names another executable.
 *
 * @param source Which Chromium; by default the machine's own when it has one.
 * @throws when the executable cannot start, for instance because a system library is missing (named in the message).
 */
export async function launchBrowser(source: BrowserSource = defaultSource()): Promise<Browser> {
  if (source === 'package') {
    return chromium.launch({ executablePath: await unpackChromium(), args: ['--no-sandbox'] })
  }
  const executablePath = findSystemChromium()
  if (executablePath === null) throw new Error('No Chromium is installed on this machine.')
  return chromium.launch({ executablePath, args: SYSTEM_FLAGS })
}

/** The machine's own Chromium, or null. */
export function findSystemChromium(): string | null {
  const named = process.env['SIAR_TEST_BROWSER']
  return (
    [...(named === undefined ? [] : [named]), ...SYSTEM_CHROMIUM].find((file) => existsSync(file)) ?? null
  )
}

function defaultSource(): BrowserSource {
  return findSystemChromium() === null ? 'package' : 'system'
}

/**
 * Unpacks the packaged Chromium once per version and user.
 *
 * The package itself unpacks straight into the temporary folder and trusts whatever lies there, so it is pointed at a fresh
 * folder that is put in place by one rename: two runs at once, a broken-off one or an older version cannot meet.
 */
async function unpackChromium(): Promise<string> {
  const home = path.join(tmpdir(), `siar-chromium-${await packagedVersion()}-${userInfo().uid}`)
  const executable = path.join(home, 'chromium')
  if (existsSync(executable)) return executable
  const fresh = await mkdtemp(path.join(tmpdir(), 'siar-chromium-new-'))
  await unpackInto(fresh)
  await mkdir(path.dirname(home), { recursive: true })
  await rename(fresh, home).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(executable)) throw error
  })
  return executable
}

async function unpackInto(folder: string): Promise<void> {
  const { default: packaged } = await import('@sparticuz/chromium')
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await packaged.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

async function packagedVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = JSON.parse(await readFile(path.join(entry, '../../package.json'), 'utf8')) as {
    version: string
  }
  return manifest.version
}

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const system = systemPaths.find((candidate) => existsSync(candidate))

/** The headless shell of the development dependencies takes no lock of a profile. */
export const locksProfiles = system !== undefined

/** Chromium of this machine, else the one that comes with the development dependencies. */
export async function findChromium(): Promise<string> {
  if (system !== undefined) return system
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { default: packaged } = (await import(entry)) as { default: { executablePath(): Promise<string> } }
  return packaged.executablePath()
}

/** Chromium refuses its sandbox to root. */
export const canSandbox = process.getuid?.() !== 0

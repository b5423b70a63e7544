import { PlatformSettings } from '@siar/contract'
import type { z } from 'zod'
import type { Core } from '../../core.ts'
import type { SystemScope } from '@siar/database'
import { findSetting, writeSetting } from './installation.repo.ts'

export type Settings = z.output<typeof PlatformSettings>

const key = 'platform'
const defaults: Settings = { signUpOpen: false, productName: 'Siar' }

/** Settings of the installation; what was never set has its default (sign-up closed). */
export async function readPlatformSettings(core: Core): Promise<Settings> {
  return core.inSystem(findPlatformSettings)
}

export async function findPlatformSettings(scope: SystemScope): Promise<Settings> {
  const stored = PlatformSettings.partial().safeParse(await findSetting(scope, key))
  return { ...defaults, ...(stored.success ? withoutUndefined(stored.data) : {}) }
}

/** Changes the given settings and answers all of them. */
export async function writePlatformSettings(
  scope: SystemScope,
  change: z.output<ReturnType<typeof PlatformSettings.partial>>,
  at: Date,
): Promise<Settings> {
  const settings = { ...(await findPlatformSettings(scope)), ...withoutUndefined(change) }
  await writeSetting(scope, key, settings, at)
  return settings
}

function withoutUndefined(change: z.output<ReturnType<typeof PlatformSettings.partial>>): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

import type { WorkspaceScope } from '@siar/database'
import { exampleShortCode } from '@siar/domain'
import type { Core } from '../../core.ts'
import { createLinkCodes } from './link-codes.ts'
import { insertTargets, listTargets } from './link-targets.repo.ts'

/** Gives the address that stands in one person's message in place of a link; a link that is not tracked stays itself. */
export type ShortenLink = (url: string, sequence: number) => string

type LinkCore = Pick<Core, 'config'>

/** Siar's own short links and opt-out pages lead on by themselves. */
function isOwn({ config }: LinkCore, url: string): boolean {
  return url.startsWith(`${config.publicUrl}/r/`) || url.startsWith(`${config.publicUrl}/u/`)
}

/** Keeps the links a run tracks, each once. Call it in the transaction that starts the run, with the links of all its texts. */
export async function trackLinks(
  core: LinkCore,
  scope: WorkspaceScope,
  runId: string,
  urls: readonly string[],
): Promise<void> {
  await insertTargets(
    scope,
    runId,
    [...new Set(urls)].filter((url) => !isOwn(core, url)),
  )
}

/**
 * The shorteners of runs that track their links, by run. What they give never changes: same run, link and sequence, same
 * address.
 */
export async function loadShorteners(
  core: LinkCore,
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, ShortenLink>> {
  if (runIds.length === 0) return new Map()
  const codes = createLinkCodes(core.config.secrets.encryption, core.config.secrets.encryptionOld)
  const byRun = Map.groupBy(await listTargets(scope, runIds), (target) => target.runId)
  return new Map(
    runIds.map((runId) => {
      const numbers = new Map((byRun.get(runId) ?? []).map(({ url, number }) => [url, number]))
      const shorten: ShortenLink = (url, sequence) => {
        const target = numbers.get(url)
        if (target === undefined) return url
        return `${core.config.publicUrl}/r/${codes.make(runId, { target, sequence })}`
      }
      return [runId, shorten]
    }),
  )
}

/** For samples and tests, before there is a run: every link looks like a short one and opens a page that says so. */
export function exampleShortener(core: LinkCore): ShortenLink {
  return (url) => (isOwn(core, url) ? url : `${core.config.publicUrl}/r/${exampleShortCode}`)
}

const localHosts = new Set(['localhost', '127.0.0.1', '0.0.0.0', '[::1]'])

/** Whether short links would work on this machine alone, because nobody said where people reach it. */
export function leadsNowhere({ config }: LinkCore): boolean {
  return localHosts.has(new URL(config.publicUrl).hostname)
}

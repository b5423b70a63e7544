import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { checkLinks, countUnlinked, findChainEnd, findLinkHash, listLinkSizes } from './chain.repo.ts'
import type { ChainEnd, CheckedLink, LinkSize } from './chain.repo.ts'

/** What is wrong with a chain, at the first link where it shows. */
export type ChainFault =
  | {
      readonly kind: 'lines_removed' | 'lines_added'
      readonly seq: number
      readonly at: Date
      readonly lines: number
    }
  | {
      readonly kind: 'lines_changed' | 'link_changed' | 'words_after_erasing'
      readonly seq: number
      readonly at: Date
    }
  | { readonly kind: 'link_missing' | 'end_changed' | 'not_the_kept_one'; readonly seq: number }
  | { readonly kind: 'lines_unlinked'; readonly lines: number }

export interface ChainVerdict {
  /** The chain that was checked; null when the ledger is empty. */
  readonly end: ChainEnd | null
  /** Null: every line is as it was written. */
  readonly fault: ChainFault | null
}

/** A link somebody kept outside of the database, such as in a proof that was handed out. */
export interface KeptLink {
  readonly seq: number
  readonly hash: string
}

const linesAtOnce = 20_000
const linksAtOnce = 2000
const statementMs = 120_000

/** What one link shows on its own: nothing, or its fault. */
export function faultOf({
  seq,
  at,
  lines,
  found,
  follows,
  linesHold,
  dressed,
}: CheckedLink): ChainFault | null {
  if (!follows) return { kind: 'link_changed', seq, at }
  if (found < lines) return { kind: 'lines_removed', seq, at, lines: lines - found }
  if (found > lines) return { kind: 'lines_added', seq, at, lines: found - lines }
  if (!linesHold) return { kind: 'lines_changed', seq, at }
  return dressed > 0 ? { kind: 'words_after_erasing', seq, at } : null
}

/**
 * Reads the whole ledger of a workspace and recomputes its chain, some thousand lines in a transaction; what is written meanwhile is not
 * looked at. Somebody who owns the database could compute a new chain over a changed ledger: only a link that was kept elsewhere shows it.
 */
export async function verifyChain(
  core: Pick<Core, 'inWorkspace'>,
  workspaceId: WorkspaceId,
  kept?: KeptLink,
): Promise<ChainVerdict> {
  const inside = <T>(run: (scope: WorkspaceScope) => Promise<T>): Promise<T> =>
    core.inWorkspace(workspaceId, async (scope) => {
      await scope.limitStatements({ statementMs })
      return run(scope)
    })
  const end = await inside(findChainEnd)
  const chain = end ?? { seq: 0, lines: 0, hash: '' }
  const fault =
    (await findFaultyLink(inside, chain)) ??
    (await inside(async (scope) => {
      const unlinked = await countUnlinked(scope)
      if (unlinked > 0) return { kind: 'lines_unlinked', lines: unlinked } as const
      if (kept && (await findLinkHash(scope, kept.seq)) !== kept.hash)
        return { kind: 'not_the_kept_one', seq: kept.seq } as const
      return null
    }))
  return { end, fault }
}

async function findFaultyLink(
  inside: <T>(run: (scope: WorkspaceScope) => Promise<T>) => Promise<T>,
  end: ChainEnd,
): Promise<ChainFault | null> {
  let done = 0
  let lines = 0
  let last = ''
  for (;;) {
    const sizes = await inside((scope) => listLinkSizes(scope, done, end.seq, linksAtOnce))
    if (sizes.length === 0) break
    for (const part of inParts(sizes)) {
      const gap = part.find(({ seq }, index) => seq !== done + index + 1)
      if (gap) return { kind: 'link_missing', seq: done + part.indexOf(gap) + 1 }
      const checked = await inside((scope) =>
        checkLinks(
          scope,
          part.map(({ seq }) => seq),
        ),
      )
      for (const link of checked) {
        const fault = faultOf(link)
        if (fault) return fault
        done = link.seq
        lines += link.lines
        last = link.hash
      }
    }
  }
  if (done < end.seq) return { kind: 'link_missing', seq: done + 1 }
  const holds = lines === end.lines && last === end.hash
  return holds ? null : { kind: 'end_changed', seq: end.seq }
}

/** Runs of links with some thousand lines together. */
function* inParts(links: readonly LinkSize[]): Generator<LinkSize[]> {
  let part: LinkSize[] = []
  let lines = 0
  for (const link of links) {
    if (part.length > 0 && lines + link.lines > linesAtOnce) {
      yield part
      part = []
      lines = 0
    }
    part.push(link)
    lines += link.lines
  }
  if (part.length > 0) yield part
}

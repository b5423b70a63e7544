import type { WorkspaceScope } from '@siar/database'
import { exampleShortCode, isWebLink } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { ClickRecorder } from './click-recorder.ts'
import { insertClicks } from './clicks.repo.ts'
import type { ClickedPerson } from './clicks.repo.ts'
import { createLinkCodes } from './link-codes.ts'
import { findTarget } from './link-targets.repo.ts'

/** Told in the transaction of the clicks, with people who followed a link for the first time. */
export type OnClicked = (scope: WorkspaceScope, people: readonly ClickedPerson[]) => Promise<void>

export type Followed =
  { readonly kind: 'found'; readonly url: string } | { readonly kind: 'example' | 'not_found' }

/** Tracked links as visitors use them. */
export interface LinkService {
  /**
   * Finds where a code leads and notes the visit, to be written after the answer. Only ever to an http or https address that
   * stood in the text of a run of an active workspace.
   */
  follow(code: string, isPerson: boolean): Promise<Followed>
  /** Resolves when the visits so far are written. */
  flush(): Promise<void>
  /** Writes what is left. */
  close(): Promise<void>
}

export function createLinkService(core: Core, onClicked: OnClicked): LinkService {
  const codes = createLinkCodes(core.config.secrets.encryption, core.config.secrets.encryptionOld)
  const recorder = new ClickRecorder(core.logger, (workspaceId: WorkspaceId, clicks) =>
    core.inWorkspace(workspaceId, async (scope) => {
      const people = await insertClicks(scope, clicks, core.now())
      if (people.length > 0) await onClicked(scope, people)
    }),
  )
  return {
    follow: async (text, isPerson) => {
      if (text === exampleShortCode) return { kind: 'example' }
      const code = codes.read(text)
      const target = code && (await findTarget(core.database, code.target))
      if (!target || !codes.proves(target.runId, code) || !isWebLink(target.url)) return { kind: 'not_found' }
      recorder.add({
        id: core.newId('clk'),
        workspaceId: target.workspaceId,
        runId: target.runId,
        target: target.number,
        sequence: code.sequence,
        isRobot: !isPerson,
        at: core.now(),
      })
      return { kind: 'found', url: new URL(target.url).href }
    },
    flush: () => recorder.flush(),
    close: () => recorder.close(),
  }
}

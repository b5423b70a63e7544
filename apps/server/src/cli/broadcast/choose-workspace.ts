import type { Core } from '../../core.ts'
import { insertCommandLineWorkspace, listWorkspaceChoices } from '../../features/operations/index.ts'
import type { WorkspaceChoice } from '../../features/operations/index.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The workspace to broadcast in: the one named by id or name, else the only one there is (demo workspaces aside), else
 * a new one called "CLI".
 *
 * @throws UsageError when the name fits none, or none is given and there are several.
 */
export async function chooseWorkspace(core: Core, wanted: string | undefined): Promise<WorkspaceChoice> {
  return core.inSystem(async (scope) => {
    const all = await listWorkspaceChoices(scope)
    const names = all.map(({ name }) => `"${name}"`).join(', ')
    if (wanted !== undefined) {
      const fitting = all.filter(
        ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
      )
      if (fitting.length === 1 && fitting[0]) return fitting[0]
      throw new UsageError(
        `--workspace "${wanted}" fits ${fitting.length} workspaces; there are ${names || 'none'}`,
      )
    }
    const own = all.filter(({ isDemo }) => !isDemo)
    if (own.length > 1) throw new UsageError(`--workspace is needed; there are ${names}`)
    return own[0] ?? insertCommandLineWorkspace(core, scope)
  })
}

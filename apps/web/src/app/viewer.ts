import type { Me, Permission } from '@siar/contract'
import { createContext, use } from 'react'
import { useOperation } from './query.ts'
import { shellOperations } from './shell-operations.ts'

export type ViewerWorkspace = Me['workspaces'][number]
export type Viewer = { me: Me; workspace: ViewerWorkspace | null }

export const ViewerContext = createContext<Viewer | null>(null)

/** The signed-in person and the workspace this tab works in. Only inside the workspace and admin layouts. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('useViewer outside a signed-in layout')
  return viewer
}

/** Whether this person may do something here; the server decides again. Hide or disable what may not be done. */
export function useCan(): (permission: Permission | (string & {}) | undefined) => boolean {
  const { me, workspace } = useViewer()
  return (permission) => {
    if (permission === undefined) return true
    if (permission === 'platform_admin') return me.isPlatformAdmin
    return workspace?.permissions.includes(permission) ?? false
  }
}

export function useMe() {
  return useOperation(shellOperations.getMe, {}, { staleMs: 60_000 })
}

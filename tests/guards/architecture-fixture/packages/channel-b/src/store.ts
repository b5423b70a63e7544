// violates: adapter-imports-port-only
import type { WorkspaceScope } from '../../database/src/index.ts'

export type Store = WorkspaceScope

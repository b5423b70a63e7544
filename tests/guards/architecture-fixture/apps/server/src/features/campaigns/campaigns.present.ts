// violates: outer-layer-imports-no-database
import type { WorkspaceScope } from '../../../../../packages/database/src/index.ts'

export const present = (scope: WorkspaceScope) => scope.word

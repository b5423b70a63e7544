import type { WorkspaceScope } from '../../../../../packages/database/src/index.ts'
import type { Config } from '../../config.ts'
import { repo } from './contacts.repo.ts'

export const contacts = (scope: WorkspaceScope, config: Config) => [repo, scope, config]

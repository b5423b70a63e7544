// violates: only-repo-imports-database
export { scope } from '../../../../../packages/database/src/index.ts'

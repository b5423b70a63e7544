// violates: database-imports-domain-only
export { schema } from '../../contract/src/index.ts'

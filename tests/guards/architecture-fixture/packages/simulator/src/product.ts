// violates: simulator-imports-port-only
export { schema } from '../../contract/src/index.ts'

// violates: port-imports-domain-only
export { a } from '../../channel-a/src/index.ts'

// violates: adapter-imports-port-only
export { a } from '../../channel-a/src/index.ts'

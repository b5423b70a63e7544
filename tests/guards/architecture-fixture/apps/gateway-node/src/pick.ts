// violates: adapters-only-from-wiring
export { a } from '../../../packages/channel-a/src/index.ts'

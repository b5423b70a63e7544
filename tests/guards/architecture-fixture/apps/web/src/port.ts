// violates: web-sees-contract-only
export { port } from '../../../packages/channel/src/index.ts'

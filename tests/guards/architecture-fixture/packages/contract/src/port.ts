// violates: contract-imports-domain-and-zod-only
export { port } from '../../channel/src/index.ts'

// violates: adapters-only-from-wiring
export { network } from '../../../../packages/simulator/src/index.ts'

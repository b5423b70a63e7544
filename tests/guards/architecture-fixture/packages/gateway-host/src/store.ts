// violates: gateway-host-imports-contract-and-port-only
export { scope } from '../../database/src/index.ts'

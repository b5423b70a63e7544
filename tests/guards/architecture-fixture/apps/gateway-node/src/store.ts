// violates: gateway-apps-hold-no-data
export { scope } from '../../../packages/database/src/index.ts'

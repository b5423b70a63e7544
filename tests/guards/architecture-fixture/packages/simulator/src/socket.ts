// violates: simulator-core-stands-alone
export { server } from '../../simulator-linked-device/src/other.ts'

// violates: server-hosts-no-gateway
export { host } from '../../../../packages/gateway-host/src/index.ts'

// violates: domain-is-pure
export { hrtime } from 'node:process'

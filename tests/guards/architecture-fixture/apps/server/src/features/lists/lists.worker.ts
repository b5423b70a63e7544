// violates: features-receive-their-configuration
export { config } from '../../config.ts'

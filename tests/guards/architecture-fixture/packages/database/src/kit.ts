// violates: database-imports-domain-only, test-kit-only-from-tests
export { kit } from '../../test-kit/src/index.ts'

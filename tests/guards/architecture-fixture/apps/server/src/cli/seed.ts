// violates: test-kit-only-from-tests
export { kit } from '../../../../packages/test-kit/src/index.ts'

// violates: product-never-imports-tests
export { kit } from '../testing/core.ts'

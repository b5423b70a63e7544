export { kit } from '../../../../packages/test-kit/src/index.ts'

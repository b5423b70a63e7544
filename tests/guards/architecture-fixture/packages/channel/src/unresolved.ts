// violates: no-unresolved-import
export { gone } from './gone.ts'

import { scope } from '../../../../../packages/database/src/index.ts'

export const repo = scope

import { scope } from '../../database/src/index.ts'

export const kit = scope

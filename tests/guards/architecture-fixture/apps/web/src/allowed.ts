import { schema } from '../../../packages/contract/src/index.ts'
import { word } from '../../../packages/domain/src/index.ts'

export const allowed = [schema, word]

import { port } from '../../channel/src/index.ts'
import { schema } from '../../contract/src/index.ts'

export const host = [port, schema]

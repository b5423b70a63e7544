import { port } from '../../channel/src/index.ts'

export const a = port

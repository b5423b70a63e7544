import { port } from '../../channel/src/index.ts'

export const network = port

import { network } from '../../simulator/src/index.ts'

export const server = network

import { a } from '../../../../packages/channel-a/src/index.ts'
import { scope } from '../../../../packages/database/src/index.ts'
import { network } from '../../../../packages/simulator/src/index.ts'

export const graph = [a, scope, network]

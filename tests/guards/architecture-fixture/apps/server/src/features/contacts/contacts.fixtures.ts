import { kit } from '../../../../../packages/test-kit/src/index.ts'
import { network } from '../../../../../packages/simulator/src/index.ts'
import { repo } from '../campaigns/campaigns.repo.ts'

export const seen = [kit, network, repo]

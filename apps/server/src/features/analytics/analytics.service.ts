import type { dashboardOperations, ResponseInput } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { createCampaignsService, dayOf } from '../campaigns/index.ts'
import { countContacts, findChecklist, findTimeZone, listDays } from './analytics.repo.ts'
import type { DayRow } from './analytics.repo.ts'

const trendDays = 14
const dayMs = 86_400_000

type Dashboard = ResponseInput<typeof dashboardOperations.get>

export interface AnalyticsService {
  /** Today and the last 14 days of the workspace's calendar, what is running, and the first steps still open. */
  dashboard(workspaceId: WorkspaceId): Promise<Dashboard>
}

const none: Omit<DayRow, 'day'> = { sent: 0, delivered: 0, read: 0, replied: 0, failed: 0, optOuts: 0 }

export function createAnalyticsService(core: Core): AnalyticsService {
  const campaigns = createCampaignsService(core)
  return {
    dashboard: async (workspaceId) => {
      const facts = await core.inWorkspace(workspaceId, async (scope) => {
        const now = core.now()
        const zone = await findTimeZone(scope)
        const from = dayOf(zone, new Date(now.getTime() - (trendDays - 1) * dayMs))
        const days = await listDays(scope, from, dayOf(zone, now))
        return { days, checklist: await findChecklist(scope), ...(await countContacts(scope)) }
      })
      const { sent, delivered, read, replied, failed, optOuts } = facts.days.at(-1) ?? none
      return {
        today: { sent, delivered, read, replied, failed, optOuts },
        days: facts.days.map(({ optOuts: _, ...day }) => day),
        contacts: facts.contacts,
        consented: facts.consented,
        running: await campaigns.listRunning(workspaceId),
        checklist: facts.checklist,
      }
    },
  }
}

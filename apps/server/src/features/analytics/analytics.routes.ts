import { dashboardOperations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { bind } from '../../http/binding.ts'
import type { AnalyticsService } from './analytics.service.ts'

export function analyticsBindings(service: AnalyticsService): Binding[] {
  return [bind(dashboardOperations.get, ({ workspaceId }) => service.dashboard(workspaceId))]
}

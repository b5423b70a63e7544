import type { CampaignReport } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { Figures } from '@siar/domain'
import type { Language } from '../../core.ts'
import { readTariff } from '../billing/index.ts'
import { dayOf } from './prepare-run.ts'
import { routeReasonText } from './reason-text.ts'
import { countRoutes, findRunMoney } from './run-plan.repo.ts'
import type { RunMoney } from './run-plan.repo.ts'
import { findWorkspaceFacts } from './start-facts.repo.ts'

type MoneyReport = Pick<CampaignReport, 'cost' | 'forecast' | 'routes'>

const nothing: MoneyReport = { cost: null, forecast: null, routes: [] }

/** What a run has cost at the exchange rate of its start, what was foretold beside what came, and why people went where they went. */
export async function reportMoney(
  scope: WorkspaceScope,
  runId: string,
  figures: Figures,
  language: Language,
): Promise<MoneyReport> {
  const run = await findRunMoney(scope, runId)
  if (!run) return nothing
  const { timeZone } = await findWorkspaceFacts(scope)
  const tariff = await readTariff(scope)
  const actual = tariff.moneyOn(dayOf(timeZone, run.startedAt), run.costMicros)
  const isCharged = run.costMicros > 0 || (run.forecast?.cost ?? null) !== null
  const routes = await countRoutes(scope, runId)
  return {
    cost: isCharged ? actual : null,
    forecast: compare(run, figures, actual),
    routes: routes.map(({ reason, count }) => ({
      reason,
      text: routeReasonText(reason, language) ?? reason,
      count,
    })),
  }
}

function compare(
  { forecast, finishedAt }: RunMoney,
  { total, skipped, cancelled }: Figures,
  actual: { readonly idrMinor: number; readonly usdMinor: number },
): CampaignReport['forecast'] {
  if (forecast === null) return null
  return {
    recipients: { foretold: forecast.recipients, actual: total - skipped - cancelled },
    skipped: { foretold: forecast.skipped, actual: skipped },
    endAt: { foretold: forecast.endAt, actual: finishedAt?.toISOString() ?? null },
    cost: forecast.cost && { ...forecast.cost, actual },
  }
}

import { Link } from '@tanstack/react-router'
import { dashboardOperations } from '@siar/contract'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan, useViewer } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import type { DashboardData } from './dashboard-data.ts'
import { DemoNotice } from './demo-notice.tsx'
import { FirstSteps, isFirstRun } from './first-steps.tsx'
import { RunningCampaigns } from './running-campaigns.tsx'
import { SenderSummary } from './sender-summary.tsx'
import { TodayFigures } from './today-figures.tsx'
import { TrendChart } from './trend-chart.tsx'
import { UnknownNotice } from './unknown-notice.tsx'

export function DashboardPage() {
  const { t } = useTranslation('dashboard')
  const { me, workspace } = useViewer()
  const can = useCan()
  const dashboard = useOperation(dashboardOperations.get, {})
  const data = dashboard.data
  const firstRun = data !== undefined && !workspace?.isDemo && isFirstRun(data.checklist)
  return (
    <Page>
      <PageHeader
        title={t('title', { name: me.name.trim().split(/\s+/)[0] ?? me.name })}
        text={t('text', { workspace: workspace?.name ?? '' })}
        action={
          !firstRun &&
          can('campaigns.write') && (
            <Button tone="primary" asChild>
              <Link to="/campaigns/new">
                <Plus aria-hidden />
                {t('newCampaign')}
              </Link>
            </Button>
          )
        }
      />
      <DemoNotice />
      <UnknownNotice />
      {dashboard.error && !data ? (
        <Card>
          <ProblemState error={dashboard.error} onRetry={() => void dashboard.refetch()} />
        </Card>
      ) : (
        <Overview data={data} firstRun={firstRun} />
      )}
    </Page>
  )
}

/** True while nothing was ever sent: figures of nothing would only be in the way of the first steps. */
function isQuiet({ days, running }: DashboardData): boolean {
  return running.length === 0 && days.every((day) => day.sent + day.failed === 0)
}

function Overview({ data, firstRun }: { data: DashboardData | undefined; firstRun: boolean }) {
  if (data && firstRun && isQuiet(data)) return <FirstSteps checklist={data.checklist} />
  return (
    <>
      {data && firstRun && <FirstSteps checklist={data.checklist} />}
      <TodayFigures data={data} />
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
          <RunningCampaigns running={data?.running} />
          <TrendChart days={data?.days} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <SenderSummary />
        </div>
      </div>
    </>
  )
}

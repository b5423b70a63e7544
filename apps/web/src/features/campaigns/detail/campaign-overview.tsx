import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { Card } from '#ui/card.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import { CampaignFunnel } from './campaign-funnel.tsx'
import { ExperimentCard } from './experiment-card.tsx'
import { ForecastCard } from './forecast-card.tsx'
import { LinksCard } from './links-card.tsx'
import { ReadChart } from './read-chart.tsx'
import { ReasonsCard } from './reasons-card.tsx'
import { RoutesCard } from './routes-card.tsx'
import { SenderFigures } from './sender-figures.tsx'
import type { RunView } from './use-run-view.ts'
import { useReport } from './use-report.ts'

type CampaignOverviewProps = { campaign: Campaign; view: RunView }

export function CampaignOverview({ campaign, view }: CampaignOverviewProps) {
  const { t } = useTranslation('campaigns')
  if (campaign.startedAt === null) {
    return (
      <Card title={t('facts.title')} className="w-full max-w-2xl">
        <CampaignFacts campaign={campaign} />
      </Card>
    )
  }
  return <RunOverview campaign={campaign} view={view} />
}

function RunOverview({ campaign, view }: CampaignOverviewProps) {
  const { t } = useTranslation('campaigns')
  const query = useReport(campaign, view.runId)
  const report = query.data
  const experiment = report?.experiment
  const showsLinks = report !== undefined && (campaign.trackLinks || report.links.length > 0)
  return (
    <div className="grid items-start gap-5 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
        {experiment && (
          <ExperimentCard campaign={campaign} experiment={experiment} isNewest={view.isNewest} />
        )}
        <CampaignFunnel figures={view.figures} tracksLinks={campaign.trackLinks} />
        {query.error ? (
          <Card>
            <ProblemState error={query.error} onRetry={() => void query.refetch()} />
          </Card>
        ) : (
          <>
            <ReadChart timeline={report?.timeline} />
            {showsLinks && <LinksCard links={report.links} />}
            <SenderFigures senders={report?.senders} />
          </>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        {(report || !query.error) && (
          <ReasonsCard figures={view.figures} report={report} campaignId={campaign.id} />
        )}
        {report && <ForecastCard report={report} isOver={hasEnded(campaign, report.run)} />}
        {report && <RoutesCard routes={report.routes} />}
        <Card title={t('facts.title')}>
          <CampaignFacts campaign={campaign} />
        </Card>
      </div>
    </div>
  )
}

/** Whether nothing more comes of this run, so that its figures may be judged. */
function hasEnded({ status }: Campaign, run: { finishedAt: string | null } | null): boolean {
  return run === null ? status === 'completed' || status === 'cancelled' : run.finishedAt !== null
}

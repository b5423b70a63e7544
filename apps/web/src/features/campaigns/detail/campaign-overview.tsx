import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { Card } from '#ui/card.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import { CampaignFunnel } from './campaign-funnel.tsx'
import { ReadChart } from './read-chart.tsx'
import { ReasonsCard } from './reasons-card.tsx'
import { SenderFigures } from './sender-figures.tsx'
import { useReport } from './use-report.ts'

export function CampaignOverview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const report = useReport(campaign)
  if (campaign.startedAt === null) {
    return (
      <Card title={t('facts.title')} className="w-full max-w-2xl">
        <CampaignFacts campaign={campaign} />
      </Card>
    )
  }
  return (
    <div className="grid items-start gap-5 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
        <CampaignFunnel figures={campaign.figures} />
        {report.error ? (
          <Card>
            <ProblemState error={report.error} onRetry={() => void report.refetch()} />
          </Card>
        ) : (
          <>
            <ReadChart timeline={report.data?.timeline} />
            <SenderFigures senders={report.data?.senders} />
          </>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <ReasonsCard figures={campaign.figures} report={report.data} />
        <Card title={t('facts.title')}>
          <CampaignFacts campaign={campaign} />
        </Card>
      </div>
    </div>
  )
}

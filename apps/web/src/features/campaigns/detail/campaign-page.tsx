import { Link } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLiveState } from '#app/live.ts'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { CampaignBadge } from '#ui/state-badge.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { CampaignMainAction } from './campaign-main-action.tsx'
import { CampaignMenu } from './campaign-menu.tsx'
import { CampaignNotice } from './campaign-notice.tsx'
import { CampaignOverview } from './campaign-overview.tsx'
import { CampaignProgress } from './campaign-progress.tsx'
import { RecipientLog } from './recipient-log.tsx'
import { RunSwitcher } from './run-switcher.tsx'
import { useRunView } from './use-run-view.ts'
import type { RunView } from './use-run-view.ts'

export function CampaignPage() {
  const campaignId = usePathParam('campaignId')
  const campaign = useOperation(
    campaignOperations.get,
    { params: { campaignId } },
    { refetchMs: (data) => (data?.status === 'running' ? 5000 : false) },
  )
  if (campaign.error && !campaign.data)
    return <ProblemState size="page" error={campaign.error} onRetry={() => void campaign.refetch()} />
  if (!campaign.data) return <SkeletonPage />
  return <Details campaign={campaign.data} />
}

function Details({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const live = useLiveState()
  const view = useRunView(campaign)
  const hasStarted = campaign.startedAt !== null
  return (
    <Page>
      <PageHeader
        title={campaign.name}
        text={campaign.templateName ?? t('list.noTemplate')}
        aside={
          <>
            <CampaignBadge status={campaign.status} />
            {campaign.status === 'running' && <LiveIndicator state={live} />}
          </>
        }
        back={
          <Link to="/campaigns" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
        secondary={<CampaignMenu campaign={campaign} runId={view.runId} />}
        action={<CampaignMainAction campaign={campaign} />}
      />
      <CampaignNotice campaign={campaign} />
      {hasStarted && <RunSwitcher campaign={campaign} view={view} />}
      <RunParts campaign={campaign} view={view} />
    </Page>
  )
}

/** What came of one run; of an occurrence that sent nothing only why. */
function RunParts({ campaign, view }: { campaign: Campaign; view: RunView }) {
  const { t } = useTranslation('campaigns')
  if (campaign.startedAt === null) return <CampaignOverview campaign={campaign} view={view} />
  if (view.chosen?.note && view.figures.total === 0) return <Notice>{view.chosen.note}</Notice>
  return (
    <>
      <CampaignProgress campaign={campaign} view={view} />
      <Tabs
        label={t('detail.parts')}
        items={[
          {
            id: 'overview',
            label: t('detail.overview'),
            content: <CampaignOverview campaign={campaign} view={view} />,
          },
          {
            id: 'recipients',
            label: t('detail.recipients'),
            content: <RecipientLog campaign={campaign} runId={view.runId} />,
          },
        ]}
      />
    </>
  )
}

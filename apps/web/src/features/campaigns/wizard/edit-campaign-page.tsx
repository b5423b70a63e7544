import { Navigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { DraftWizard } from './draft-wizard.tsx'

/** Takes a saved draft up again at the step in the URL; a campaign past its draft (by a fresh answer) shows its own page. */
export function EditCampaignPage() {
  const campaignId = usePathParam('campaignId')
  const campaign = useOperation(campaignOperations.get, { params: { campaignId } })
  if (campaign.error)
    return <ProblemState size="page" error={campaign.error} onRetry={() => void campaign.refetch()} />
  if (!campaign.data) return <SkeletonPage />
  if (campaign.data.status !== 'draft' && campaign.isFetching) return <SkeletonPage />
  if (campaign.data.status !== 'draft')
    return <Navigate to="/campaigns/$campaignId" params={{ campaignId }} replace />
  return <DraftWizard key={campaignId} campaign={campaign.data} />
}

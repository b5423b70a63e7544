import { campaignOperations } from '@siar/contract'
import type { ResponseOf, unknownMessageOperations } from '@siar/contract'
import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { Select } from '#ui/select.tsx'
import { decisionIcons, decisions } from './decision.ts'
import type { Decision, Target } from './decision.ts'

export type CampaignScopeProps = {
  page: ResponseOf<typeof unknownMessageOperations.list> | undefined
  /** Empty for all campaigns. */
  campaignId: string
  onNarrow: (campaignId: string) => void
  /** Null when the person may only look. */
  onDecide: ((target: Target, decision: Decision) => void) | null
}

/** Narrows the list to one campaign, and then decides for all of it at once. */
export function CampaignScope({ page, campaignId, onNarrow, onDecide }: CampaignScopeProps) {
  const { t } = useTranslation('unknown-messages')
  const campaign = useOperation(
    campaignOperations.get,
    { params: { campaignId } },
    { enabled: campaignId !== '', staleMs: 60_000 },
  )
  const names = new Map(page?.data.map((row) => [row.campaignId, row.campaignName]))
  if (campaignId !== '') names.set(campaignId, campaign.data?.name ?? names.get(campaignId) ?? '…')
  const total = page?.total ?? 0
  if (names.size === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Select
        label={t('columns.campaign')}
        className="sm:w-72"
        value={campaignId || 'all'}
        onValueChange={(next) => onNarrow(next === 'all' ? '' : next)}
        options={[
          { value: 'all', label: t('scope.all') },
          ...[...names].map(([value, label]) => ({ value, label })),
        ]}
      />
      <span className="text-sm text-muted tabular-nums">{t('scope.count', { count: total })}</span>
      {onDecide && campaignId !== '' && total > 0 && (
        <span className="ml-auto max-sm:ml-0">
          <WholeCampaign
            total={total}
            onDecide={(decision) =>
              onDecide({ kind: 'campaign', campaignId, name: names.get(campaignId) ?? '', total }, decision)
            }
          />
        </span>
      )}
    </div>
  )
}

function WholeCampaign({ total, onDecide }: { total: number; onDecide: (decision: Decision) => void }) {
  const { t } = useTranslation('unknown-messages')
  return (
    <DropdownMenu
      trigger={
        <Button>
          {t('scope.decideAll', { count: total })}
          <ChevronDown aria-hidden />
        </Button>
      }
      groups={[
        {
          items: decisions.map((decision) => {
            const Icon = decisionIcons[decision]
            return {
              id: decision,
              label: t(`decisions.${decision}`),
              icon: <Icon aria-hidden />,
              onSelect: () => onDecide(decision),
            }
          }),
        },
      ]}
    />
  )
}

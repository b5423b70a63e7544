import { senderOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Facts } from '#ui/facts.tsx'
import type { Fact } from '#ui/facts.tsx'
import { DateTime } from '#ui/time.tsx'
import { useAudienceText } from '../audience-text.ts'
import { useScheduleText } from '../schedule-text.ts'

/** What this campaign was set up to do. */
export function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const planFacts = usePlanFacts()
  const audience = useAudienceText()
  const schedule = useScheduleText()
  const { include, exclude } = campaign.audience
  const senders = useSenderNames(campaign.senderIds)
  return (
    <Facts
      facts={[
        { label: t('facts.template'), value: campaign.templateName ?? t('list.noTemplate') },
        { label: t('facts.purpose'), value: t(`purpose.${campaign.purpose}`) },
        { label: t('facts.audience'), value: audience(include) },
        ...(exclude.length > 0 ? [{ label: t('facts.except'), value: audience(exclude) }] : []),
        { label: t('facts.start'), value: schedule(campaign.schedule) },
        { label: t('facts.senders'), value: senders },
        ...planFacts(campaign),
        ...(campaign.pacing
          ? [
              {
                label: t('facts.pause'),
                value: t('facts.seconds', {
                  from: format.number(campaign.pacing.delayMsMin / 1000),
                  to: format.number(campaign.pacing.delayMsMax / 1000),
                }),
              },
            ]
          : []),
        ...(campaign.startedAt
          ? [{ label: t('facts.started'), value: <DateTime at={campaign.startedAt} /> }]
          : []),
        ...(campaign.finishedAt
          ? [{ label: t('facts.finished'), value: <DateTime at={campaign.finishedAt} /> }]
          : []),
      ]}
    />
  )
}

/** Comparison, tracked links and budget, where the campaign has them. */
function usePlanFacts(): (campaign: Campaign) => Fact[] {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  return ({ experiment, trackLinks, budget }) => [
    ...(experiment && experiment.variants.length > 0
      ? [{ label: t('facts.experiment'), value: t('facts.variants', { count: experiment.variants.length }) }]
      : []),
    ...(experiment && experiment.holdoutPercent > 0
      ? [{ label: t('facts.holdout'), value: format.percent(experiment.holdoutPercent / 100) }]
      : []),
    ...(trackLinks ? [{ label: t('facts.links'), value: t('facts.linksTracked') }] : []),
    ...(budget
      ? [{ label: t('facts.budget'), value: format.money(budget.amountMinor, budget.currency) }]
      : []),
  ]
}

function useSenderNames(ids: readonly string[]): string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const senders = useOperation(senderOperations.list, {}, { staleMs: 60_000, enabled: ids.length > 0 })
  if (ids.length === 0) return t('facts.allSenders')
  return format.list(ids.map((id) => senders.data?.data.find((sender) => sender.id === id)?.name ?? '…'))
}

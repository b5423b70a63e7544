import { senderOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { Facts } from '#ui/facts.tsx'
import { DateTime } from '#ui/time.tsx'
import { useAudienceText } from '../audience-text.ts'
import { useScheduleText } from '../schedule-text.ts'

/** What this campaign was set up to do. */
export function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
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

function useSenderNames(ids: readonly string[]): string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const senders = useOperation(senderOperations.list, {}, { staleMs: 60_000, enabled: ids.length > 0 })
  if (ids.length === 0) return t('facts.allSenders')
  return format.list(ids.map((id) => senders.data?.data.find((sender) => sender.id === id)?.name ?? '…'))
}

import type { Campaign, Forecast } from '@siar/contract'
import { variantKeys } from '@siar/contract'
import { holdoutGroup } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { fillOf, useGroupName } from '../compare/group-bar.tsx'
import type { Known } from '../gaps.ts'

export type ForecastGroupsProps = { campaign: Campaign; templates: Known['templates']; forecast: Forecast }

/** How the people of an experiment are shared out; nothing without one. */
export function ForecastGroups({ campaign, templates, forecast }: ForecastGroupsProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const variants = campaign.experiment?.variants ?? []
  const name = useGroupName(variants.length > 0)
  if (forecast.groups.length === 0) return null
  const messageOf = (key: string) => {
    const variant = variants.find((one) => one.key === key)
    return variant && templates.get(variant.templateId ?? campaign.templateId ?? '')?.name
  }
  return (
    <Card title={t('review.groups')} text={t('review.groupsText')}>
      <div className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken" aria-hidden>
        {forecast.groups.map(({ key, people }) => (
          <span key={key} style={{ flexGrow: people, ...fillOf(key) }} />
        ))}
      </div>
      <dl className="mt-4 divide-y divide-line">
        {forecast.groups.map(({ key, people }) => (
          <div key={key} className="flex justify-between gap-6 py-2.5 first:pt-0 last:pb-0">
            <dt className="flex min-w-0 items-baseline gap-2">
              <span className="size-2 shrink-0 rounded-full" style={fillOf(key)} aria-hidden />
              <span className="min-w-0">
                {name(groupOf(key))}
                {messageOf(key) && <span className="ml-2 text-muted">{messageOf(key)}</span>}
              </span>
            </dt>
            <dd className="font-semibold tabular-nums">{format.number(people)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** The forecast calls those who are in no group of their own `rest`. */
function groupOf(key: string): string | null {
  const isNamed = key === holdoutGroup || variantKeys.some((one) => one === key)
  return isNamed ? key : null
}

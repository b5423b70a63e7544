import { workspaceOperations } from '@siar/contract'
import type { Campaign, ExperimentReport } from '@siar/contract'
import { Clock, Equal, Hourglass, Trophy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { ChooseWinner } from './choose-winner.tsx'
import { axisEnd, choosable } from './experiment-state.ts'
import { LiftSentence } from './lift-sentence.tsx'
import { VariantCard } from './variant-card.tsx'

export type ExperimentCardProps = {
  campaign: Campaign
  experiment: ExperimentReport
  /** Only the newest run can still be decided. */
  isNewest: boolean
}

/** What the comparison says so far: the variants side by side, in words how sure it is, and the way to decide. */
export function ExperimentCard({ campaign, experiment, isNewest }: ExperimentCardProps) {
  const { t } = useTranslation('campaign-results')
  const can = useCan()
  const { variants, lift } = experiment
  const open = isNewest && can('campaigns.write') ? choosable(experiment) : []
  const end = axisEnd(variants)
  const markOf = (key: string) => {
    if (key === experiment.winner) return 'winner'
    return experiment.winner === null && key === experiment.leader ? 'leader' : null
  }
  if (variants.length === 0) {
    return lift === null ? null : (
      <Card title={t('lift.title')}>
        <LiftSentence lift={lift} />
      </Card>
    )
  }
  return (
    <Card title={t('experiment.title')} text={t(`experiment.goal.${experiment.goal}`)}>
      <div className="flex flex-col gap-5">
        <StateWords experiment={experiment} />
        <ul className="grid gap-3 sm:grid-cols-2">
          {variants.map((variant) => (
            <VariantCard
              key={variant.key}
              variant={variant}
              goal={experiment.goal}
              end={end}
              mark={markOf(variant.key)}
              action={
                open.includes(variant) && (
                  <ChooseWinner campaign={campaign} experiment={experiment} variant={variant.key} />
                )
              }
            />
          ))}
        </ul>
        {lift && (
          <div className="border-t border-line pt-4">
            <h3 className="mb-1 text-sm font-semibold">{t('lift.title')}</h3>
            <LiftSentence lift={lift} />
          </div>
        )}
      </div>
    </Card>
  )
}

const stateIcons = { waiting: Hourglass, open: Equal, clear: Trophy, decided: Trophy }

/** How sure it is, what is missing, and what happens next. */
function StateWords({ experiment }: { experiment: ExperimentReport }) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const { state, leader, winner, moreNeeded, waiting, decidesAt } = experiment
  const Icon = stateIcons[state]
  return (
    <div className="flex items-start gap-3 rounded-lg bg-sunken px-4 py-3">
      <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 text-sm">
        <p className="font-semibold">{t(`experiment.state.${state}`, { key: winner ?? leader ?? '' })}</p>
        {state === 'waiting' && moreNeeded !== null && (
          <p className="text-muted">{t('experiment.moreNeeded', { count: moreNeeded })}</p>
        )}
        {state === 'open' && <p className="text-muted">{t('experiment.openText')}</p>}
        {state === 'decided' && <DecidedWords experiment={experiment} />}
        {winner === null && waiting > 0 && (
          <p className="text-muted">{t('experiment.waiting', { count: waiting })}</p>
        )}
        {winner === null && decidesAt !== null && (
          <p className="mt-1 flex items-start gap-1.5 text-xs text-subtle">
            <Clock className="mt-px size-3.5 shrink-0" aria-hidden />
            {t('experiment.decidesAt', { time: format.dateTime(decidesAt) })}
          </p>
        )}
      </div>
    </div>
  )
}

function DecidedWords({ experiment }: { experiment: ExperimentReport }) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const { decidedAt, decidedBy } = experiment
  const bySiar = decidedBy === null || decidedBy === 'automatic'
  const members = useOperation(workspaceOperations.listMembers, {}, { staleMs: 60_000, enabled: !bySiar })
  if (decidedAt === null) return null
  const time = format.dateTime(decidedAt)
  const who = members.data?.data.find(({ userId }) => userId === decidedBy)?.name
  if (bySiar) return <p className="text-muted">{t('experiment.decidedBySiar', { time })}</p>
  return (
    <p className="text-muted">
      {who === undefined ? t('experiment.decidedByTeam', { time }) : t('experiment.decidedBy', { who, time })}
    </p>
  )
}

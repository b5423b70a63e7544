import type { Campaign, CampaignRun } from '@siar/contract'
import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'
import { ratioOf } from '../exclusive-counts.ts'
import { SkipOccurrence } from './skip-occurrence.tsx'
import type { RunView } from './use-run-view.ts'

/** Chooses the run that the page is about, newest first with its figures, and says when the next one starts. */
export function RunSwitcher({ campaign, view }: { campaign: Campaign; view: RunView }) {
  const { t } = useTranslation('campaign-results')
  const words = useRunWords()
  const next = <NextStart campaign={campaign} />
  const { runs, chosen } = view
  if (campaign.runs < 2 || !runs || !chosen) return next
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <Field label={t('runs.label', { count: campaign.runs })} className="w-full sm:w-96">
        <Select
          value={chosen.id}
          onValueChange={(id) => {
            const run = runs.find((one) => one.id === id)
            if (run) view.choose(run)
          }}
          options={runs.map((run) => ({ value: run.id, label: words.name(run), hint: words.figures(run) }))}
        />
      </Field>
      {next}
    </div>
  )
}

function useRunWords() {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  return {
    name: ({ number, startedAt }: CampaignRun) =>
      t('runs.name', { number: format.number(number), time: format.dateTime(startedAt) }),
    figures: ({ figures, note }: CampaignRun) => {
      if (note !== null) return note
      const read = ratioOf(figures.read, figures.sent)
      return [
        t('runs.sent', { count: figures.sent }),
        read === null ? null : t('runs.read', { share: format.percent(read, 0) }),
        figures.failed > 0 ? t('runs.failed', { count: figures.failed }) : null,
      ]
        .filter(Boolean)
        .join(' · ')
    },
  }
}

/** When a recurring campaign starts again; nothing for others, or when it is not planned. */
function NextStart({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaign-results')
  const can = useCan()
  const [openedAtMs] = useState(() => Date.now())
  const { schedule, startAt, runs, status } = campaign
  const ended = status === 'cancelled' || status === 'completed' || status === 'overdue'
  if (schedule.kind !== 'recurring' || startAt === null || runs === 0 || ended) return null
  if (Date.parse(startAt) <= openedAtMs) return null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted sm:min-h-9">
      <CalendarClock className="size-4 shrink-0 text-subtle" aria-hidden />
      <span>
        {t('runs.next')}{' '}
        <span className="font-semibold text-ink">
          <DateTime at={startAt} />
        </span>{' '}
        (<RelativeTime at={startAt} />)
      </span>
      {status === 'scheduled' && can('campaigns.write') && (
        <SkipOccurrence campaignId={campaign.id} occurrenceAt={startAt} tone="link" />
      )}
    </div>
  )
}

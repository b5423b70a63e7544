import type { Experiment } from '@siar/contract'
import { holdoutGroup } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { groupsOf } from './experiment.ts'
import type { Group } from './experiment.ts'

export type GroupBarProps = { experiment: Experiment; people: number | null }

/** How the people are shared out, as a bar with every group named beneath. */
export function GroupBar({ experiment, people }: GroupBarProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const name = useGroupName(experiment.variants.length > 0)
  const lines = groupsOf(experiment).map((group) => ({
    ...group,
    name: name(group.key),
    size:
      people === null
        ? format.percent(group.share, 0)
        : t('compare.about', { count: Math.round(people * group.share) }),
  }))
  return (
    <div className="border-t border-line pt-5">
      <p className="mb-2.5 text-sm font-medium">{t('compare.groups')}</p>
      <div className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken" aria-hidden>
        {lines.map(({ key, share }) => (
          <span key={key ?? ''} style={{ flexGrow: share, ...fillOf(key) }} />
        ))}
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5 text-xs">
        {lines.map((line) => (
          <li key={line.key ?? ''} className="flex items-center gap-1.5">
            <span className="size-2 rounded-full" style={fillOf(line.key)} aria-hidden />
            <span className="text-muted">{line.name}</span>
            <span className="font-semibold tabular-nums">{line.size}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Names a group: a variant by its letter, those who get nothing, and the others. */
export function useGroupName(isComparing: boolean): (key: Group['key']) => string {
  const { t } = useTranslation('wizard')
  return (key) => {
    if (key === holdoutGroup) return t('compare.group.holdout')
    if (key !== null && /^[A-F]$/.test(key)) return t('compare.group.variant', { key })
    return isComparing ? t('compare.group.waiting') : t('compare.group.rest')
  }
}

const strengths = [100, 72, 52, 38, 28, 20]

/** Variants are steps of the accent; the letters tell them apart where colours do not. */
export function fillOf(key: Group['key']): { backgroundColor: string } {
  if (key === holdoutGroup) return { backgroundColor: 'var(--color-skipped-fill)' }
  const strength = strengths['ABCDEF'.indexOf(key ?? '-')]
  if (strength === undefined) return { backgroundColor: 'var(--color-queued-fill)' }
  return { backgroundColor: `color-mix(in oklab, var(--color-accent) ${strength}%, var(--color-surface))` }
}

import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { cn } from '#ui/cn.ts'

type Level = 'good' | 'watch' | 'risk' | 'none'

/** 80 and more is good, 50 and more wants watching, less is a risk; null while too little was sent to tell. */
export function healthLevel(score: number | null): Level {
  if (score === null) return 'none'
  if (score >= 80) return 'good'
  return score >= 50 ? 'watch' : 'risk'
}

/** The codes a score comes with. Source: the server's health of senders. */
const knownReasons = [
  'blocks_high',
  'opt_outs_high',
  'refusals_high',
  'undelivered_high',
  'unknown_high',
  'replies_good',
  'warming_up',
  'restricted',
  'banned',
  'logged_out',
  'offline',
] as const

function isKnown(reason: string): reason is (typeof knownReasons)[number] {
  return knownReasons.some((known) => known === reason)
}

const inks: Record<Level, string> = {
  good: 'text-success-ink',
  watch: 'text-warn-ink',
  risk: 'text-danger-ink',
  none: 'text-subtle',
}
const strokes: Record<Level, string> = {
  good: 'stroke-replied-fill',
  watch: 'stroke-unknown-fill',
  risk: 'stroke-failed-fill',
  none: 'stroke-line-strong',
}

export type HealthMarkProps = { health: Sender['health']; size?: 'md' | 'lg' }

/** The health score as a ring with its word, and the reasons for it. */
export function HealthMark({ health, size = 'md' }: HealthMarkProps) {
  const { t } = useTranslation('senders')
  const level = healthLevel(health.score)
  const reasons = size === 'lg' ? health.reasons : health.reasons.slice(0, 2)
  return (
    <div className="flex items-start gap-3.5">
      <Ring score={health.score} level={level} sizePx={size === 'lg' ? 72 : 48} />
      <div className="min-w-0 flex-1 pt-0.5">
        <p className={cn('text-sm font-semibold', inks[level])}>{t(`health.${level}`)}</p>
        {reasons.length === 0 ? (
          <p className="mt-0.5 text-xs text-subtle">{t(`health.${level}Text`)}</p>
        ) : (
          <ul className="mt-0.5 flex flex-col gap-0.5 text-xs text-muted">
            {reasons.map((reason) => (
              <li key={reason}>{isKnown(reason) ? t(`health.reasons.${reason}`) : reason}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

type RingProps = { score: number | null; level: Level; sizePx: number }

function Ring({ score, level, sizePx }: RingProps) {
  const { t } = useTranslation('senders')
  const format = useFormat()
  const text = score === null ? '–' : format.number(score)
  return (
    <svg
      viewBox="0 0 48 48"
      width={sizePx}
      height={sizePx}
      className="shrink-0"
      role="img"
      aria-label={score === null ? t('health.none') : t('health.score', { score: text })}
    >
      <circle cx="24" cy="24" r="20" fill="none" strokeWidth="4" className="stroke-sunken" />
      <circle
        cx="24"
        cy="24"
        r="20"
        fill="none"
        strokeWidth="4"
        strokeLinecap="round"
        pathLength={100}
        strokeDasharray={`${score ?? 0} 100`}
        transform="rotate(-90 24 24)"
        className={score ? strokes[level] : 'stroke-transparent'}
      />
      <text
        x="24"
        y="24"
        textAnchor="middle"
        dominantBaseline="central"
        className="fill-ink text-[0.8125rem] font-semibold tabular-nums"
      >
        {text}
      </text>
    </svg>
  )
}

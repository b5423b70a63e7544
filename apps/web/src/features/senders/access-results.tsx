import type { AccessCheck } from '@siar/contract'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cn } from '#ui/cn.ts'
import { linesOf } from './access-checks.ts'

const looks = {
  good: { icon: CircleCheck, ink: 'text-success-ink' },
  wrong: { icon: CircleX, ink: 'text-danger-ink' },
  not_checked: { icon: CircleDashed, ink: 'text-subtle' },
} as const

/** What came of trying each value, with a word and a sentence; read aloud when it changes. */
export function AccessResults({ checks }: { checks: readonly AccessCheck[] }) {
  const { t } = useTranslation('connect')
  return (
    <ul aria-label={t('checks.label')} aria-live="polite" className="divide-y divide-line">
      {linesOf(checks).map(({ field, state, problem }) => {
        const { icon: Icon, ink } = looks[state]
        return (
          <li key={field} className="flex items-start gap-3 py-2.5 first:pt-0 last:pb-0">
            <Icon className={cn('mt-0.5 size-4 shrink-0', ink)} aria-hidden />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium">{t(`fields.${field}`)}</span>
                <span className={cn('text-xs font-medium', ink)}>{t(`checks.${state}`)}</span>
              </p>
              {problem && <p className="mt-0.5 text-xs text-pretty text-muted">{t(`problems.${problem}`)}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

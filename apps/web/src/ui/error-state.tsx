import { CloudOff, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { cn } from './cn.ts'

export type ErrorStateProps = {
  /** What happened; "This could not be loaded" when left out. */
  title?: string
  /** Why, and what to do. */
  text: ReactNode
  requestId?: string | null | undefined
  onRetry?: (() => void) | undefined
  action?: ReactNode
  size?: 'page' | 'inline'
}

/** Something failed: what, why, what to do, and the request id to quote. For a failed query use ProblemState, which fills it in. */
export function ErrorState({ title, text, requestId, onRetry, action, size = 'inline' }: ErrorStateProps) {
  const { t } = useTranslation('ui')
  const Heading = size === 'page' ? 'h1' : 'h2'
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-col items-center justify-center px-6 text-center',
        size === 'page' ? 'py-20' : 'py-12',
      )}
    >
      <span className="flex size-12 items-center justify-center rounded-xl bg-danger-soft text-danger-ink">
        <CloudOff className="size-5.5" strokeWidth={1.75} aria-hidden />
      </span>
      <Heading className="mt-4 text-base font-semibold">{title ?? t('error.title')}</Heading>
      <p className="mt-1 max-w-md text-sm text-pretty text-muted">{text}</p>
      {(onRetry || action) && (
        <div className="mt-5 flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button icon={<RefreshCw aria-hidden />} onClick={onRetry}>
              {t('actions.retry')}
            </Button>
          )}
          {action}
        </div>
      )}
      {requestId && (
        <p className="mt-4 font-mono text-xs break-all text-subtle">
          {t('error.requestId', { id: requestId })}
        </p>
      )}
    </div>
  )
}

import type { ErrorComponentProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { ErrorState } from '#ui/error-state.tsx'
import { ApiProblem } from '../problem.ts'
import { ProblemState } from '../problem-state.tsx'

/** A screen that threw. A new version on the server makes old code unreachable, so reloading is the first advice. */
export function CrashScreen({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation(['app', 'ui'])
  if (error instanceof ApiProblem) return <ProblemState size="page" error={error} onRetry={reset} />
  return (
    <ErrorState
      size="page"
      title={t('app:crash.title')}
      text={t('app:crash.text')}
      onRetry={reset}
      action={
        <Button tone="primary" onClick={() => globalThis.location.reload()}>
          {t('ui:actions.reload')}
        </Button>
      }
    />
  )
}

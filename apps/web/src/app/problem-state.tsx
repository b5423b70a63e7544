import { ErrorState } from '#ui/error-state.tsx'
import { ApiProblem } from './problem.ts'
import { problemText } from './problem-toast.ts'

export type ProblemStateProps = { error: unknown; onRetry?: () => void; size?: 'page' | 'inline' }

/** A failed query as people should see it: `if (query.error) return <ProblemState error={query.error} onRetry={query.refetch} />`. */
export function ProblemState({ error, onRetry, size = 'inline' }: ProblemStateProps) {
  const problem = error instanceof ApiProblem ? error : null
  return (
    <ErrorState
      text={problemText(error)}
      {...(problem?.title && problem.title !== problemText(error) ? { title: problem.title } : {})}
      requestId={problem?.requestId}
      onRetry={onRetry}
      size={size}
    />
  )
}

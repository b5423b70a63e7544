import { templateErrorTexts } from '@siar/domain'
import type { TemplateError } from '@siar/domain'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { lineAndColumn } from './highlight.ts'

export type IssueListProps = {
  text: string
  problems: readonly TemplateError[]
  onJump: (problem: TemplateError) => void
  onCampaignVariable: (name: string) => void
}

/** What must be put right before a message can be saved, each with its place; a click goes there. */
export function IssueList({ text, problems, onJump, onCampaignVariable }: IssueListProps) {
  const { t, i18n } = useTranslation('templates')
  const language = i18n.language === 'en' ? 'en' : 'id'
  if (problems.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5 rounded-lg bg-danger-soft px-3 py-2.5" aria-live="polite">
      {problems.map((problem, index) => (
        <li key={index} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <TriangleAlert className="size-3.5 shrink-0 translate-y-0.5 text-danger-ink" aria-hidden />
          <button
            type="button"
            className="min-w-0 text-left text-ink hover:underline"
            onClick={() => onJump(problem)}
          >
            {templateErrorTexts[problem.code][language]}
            {problem.name && <code className="ml-1 font-mono text-xs">{`{${problem.name}}`}</code>}
            <span className="ml-1.5 text-xs text-muted">
              {t('issues.place', lineAndColumn(text, problem.position))}
            </span>
          </button>
          {problem.code === 'unknown_variable' && problem.name && (
            <Button
              size="sm"
              tone="link"
              className="text-xs"
              onClick={() => onCampaignVariable(problem.name ?? '')}
            >
              {t('issues.makeVariable')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

import { workspaceOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Notice } from '#ui/notice.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { CountriesCard } from './countries-card.tsx'
import { FrequencyCapCard } from './frequency-cap-card.tsx'
import { KeywordsCard } from './keywords-card.tsx'
import { QuietHoursCard } from './quiet-hours-card.tsx'
import { RoutingCard } from './routing-card.tsx'
import { SettingsCardSkeleton } from './settings-card.tsx'

/** Rules that bind every campaign of the workspace, whoever starts it. */
export function RulesPage() {
  const { t } = useTranslation('settings')
  const readOnly = !useCan()('workspace.manage')
  const workspace = useOperation(workspaceOperations.getCurrent, {})
  return (
    <Page>
      <PageHeader title={t('rules.title')} text={t('rules.text')} />
      {workspace.error && <ProblemState error={workspace.error} onRetry={() => void workspace.refetch()} />}
      {!workspace.data && !workspace.error && <SettingsCardSkeleton />}
      {workspace.data && (
        <>
          {readOnly && <Notice>{t('readOnly')}</Notice>}
          <QuietHoursCard workspace={workspace.data} readOnly={readOnly} />
          <FrequencyCapCard workspace={workspace.data} readOnly={readOnly} />
          <KeywordsCard workspace={workspace.data} readOnly={readOnly} />
          <RoutingCard workspace={workspace.data} readOnly={readOnly} />
          <CountriesCard workspace={workspace.data} readOnly={readOnly} />
        </>
      )}
    </Page>
  )
}

import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#ui/empty-state.tsx'

/** Shown instead of a screen the person's role does not include. */
export function ForbiddenScreen() {
  const { t } = useTranslation('app')
  return <EmptyState size="page" icon={Lock} title={t('forbidden.title')} text={t('forbidden.text')} />
}

import { unknownMessageOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'

/** Asks for a decision while there are messages nobody is sure of; nothing otherwise. */
export function UnknownNotice() {
  const { t } = useTranslation('dashboard')
  const can = useCan()
  const list = useOperation(
    unknownMessageOperations.list,
    { query: { limit: 1 } },
    { enabled: can('workspace.read'), refetchMs: 60_000 },
  )
  const total = list.data?.total ?? 0
  if (total === 0) return null
  return (
    <Notice
      tone="warn"
      title={t('unknown.title', { count: total })}
      action={
        <Button size="sm" asChild>
          <Link to="/campaigns/unknown">{t('unknown.action')}</Link>
        </Button>
      }
    >
      {t('unknown.text')}
    </Notice>
  )
}

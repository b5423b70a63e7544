import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useViewer } from '../viewer.ts'

/** Says on every page that this workspace is the seeded demo, so nobody takes its people for real ones. */
export function DemoMark() {
  const { t } = useTranslation('app')
  const { workspace } = useViewer()
  if (!workspace?.isDemo) return null
  return (
    <aside
      aria-label={t('workspace.demo')}
      className="flex items-center justify-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-center text-xs font-medium text-warn-ink"
    >
      <FlaskConical className="size-3.5 shrink-0" aria-hidden />
      {t('demo')}
    </aside>
  )
}

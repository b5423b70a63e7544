import type { Sender } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'
import { ReleaseDialog } from './release-dialog.tsx'

/** Why the guardian lets no marketing through this number, from when on it may go on, and the way to let it. */
export function SenderHaltNotice({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const { halt } = sender
  if (halt === null) return null
  const mayRelease = can('senders.manage')
  return (
    <Notice
      tone="danger"
      title={t('halt.title')}
      action={
        mayRelease && (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('halt.release')}
          </Button>
        )
      }
    >
      <p>{halt.text}</p>
      <p className="mt-1">{t('halt.meanwhile')}</p>
      <p className="mt-1 text-xs text-muted">
        {t('halt.since')} <RelativeTime at={halt.since} />
        {halt.until !== null && (
          <>
            {' · '}
            {t('halt.until')} <DateTime at={halt.until} />
          </>
        )}
      </p>
      {!mayRelease && <p className="mt-1 text-xs text-muted">{t('halt.who')}</p>}
      {asking && <ReleaseDialog sender={sender} halt={halt} onClose={() => setAsking(false)} />}
    </Notice>
  )
}

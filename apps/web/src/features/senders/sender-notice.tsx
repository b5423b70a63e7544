import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'
import { isUnlinked } from './pairing-state.ts'
import { useSenderReason } from './sender-reason.ts'

const tones = {
  offline: 'warn',
  reconnecting: 'warn',
  restricted: 'warn',
  logged_out: 'danger',
  banned: 'danger',
  stopped: 'info',
} as const

type Troubled = keyof typeof tones

function isTroubled(status: Sender['status']): status is Troubled {
  return status in tones
}

/** Why this sender does not send, since when, and what to do about it; nothing while all is well. */
export function SenderNotice({ sender }: { sender: Sender }) {
  return (
    <>
      <StatusNotice sender={sender} />
      <NewChatsNotice sender={sender} />
    </>
  )
}

function StatusNotice({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const reasonText = useSenderReason()
  const { status, statusReason } = sender
  if (!isTroubled(status)) {
    const isStuck = statusReason !== null && (status === 'new' || status === 'pairing')
    if (!isStuck) return null
    return (
      <Notice tone="warn" title={t('notice.stuck.title')}>
        <p>{t('notice.stuck.text')}</p>
        <p className="mt-1 text-xs text-muted">{reasonText(statusReason)}</p>
      </Notice>
    )
  }
  if (status === 'offline' && isUnlinked(sender))
    return (
      <Notice tone="info" title={t('notice.unlinked.title')}>
        <p>{t('notice.unlinked.text')}</p>
        {statusReason && <p className="mt-1 text-xs text-muted">{reasonText(statusReason)}</p>}
      </Notice>
    )
  return (
    <Notice tone={tones[status]} title={t(`notice.${status}.title`)}>
      <p>{t(`notice.${status}.text`)}</p>
      <p className="mt-1 text-xs text-muted">
        {statusReason && `${reasonText(statusReason)} · `}
        <RelativeTime at={sender.statusAt} />
      </p>
    </Notice>
  )
}

function NewChatsNotice({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  if (sender.newChatsLockedUntil === null) return null
  return (
    <Notice tone="warn" title={t('notice.newChats.title')}>
      <p>{t('notice.newChats.text')}</p>
      <p className="mt-1 text-xs text-muted">
        {t('notice.newChats.until')} <DateTime at={sender.newChatsLockedUntil} />
      </p>
    </Notice>
  )
}

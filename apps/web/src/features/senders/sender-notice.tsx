import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'
import { useReasonText } from '#features/campaigns/reason-text.ts'
import { RelativeTime } from '#ui/time.tsx'

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
  const { t } = useTranslation('senders')
  const reasonText = useReasonText()
  const { status } = sender
  if (!isTroubled(status)) return null
  return (
    <Notice tone={tones[status]} title={t(`notice.${status}.title`)}>
      <p>{t(`notice.${status}.text`)}</p>
      <p className="mt-1 text-xs text-muted">
        {sender.statusReason && `${reasonText(sender.statusReason)} · `}
        <RelativeTime at={sender.statusAt} />
      </p>
    </Notice>
  )
}

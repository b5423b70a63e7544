import { useTranslation } from 'react-i18next'
import { useReasonText } from '#features/campaigns/reason-text.ts'

const known = [
  'worker_failed',
  'open_failed',
  'browser_failed',
  'browser_lost',
  'page_not_ready',
  'outdated_page',
  'connection_stalled',
  'settings_invalid',
  'session_failed',
  'session_starting',
  'session_stopped',
  'api_key_refused',
  'redirected',
  'linked_to_another_number',
  'passkey_required',
  'logged_out_here',
  'nobody_scanned_in_time',
] as const

/** What channels say in their own words and everybody may meet. */
const sameAs = new Map<string, (typeof known)[number]>([
  ['nobody linked the phone in time', 'nobody_scanned_in_time'],
  ['nobody used the code in time', 'nobody_scanned_in_time'],
])

/** Why a session is as it is, in the page's language; what a channel says in its own words is shown as it is. */
export function useSenderReason(): (reason: string) => string {
  const { t } = useTranslation('senders')
  const reasonText = useReasonText()
  return (reason) => {
    const code = sameAs.get(reason) ?? known.find((one) => one === reason)
    return code ? t(`reasons.${code}`) : reasonText(reason)
  }
}

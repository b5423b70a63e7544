import { senderOperations } from '@siar/contract'
import { useOperation } from '#app/query.ts'
import { usePreferences } from '#i18n/preferences.ts'
import type { Draft } from './draft.ts'
import type { Known } from './gaps.ts'
import { useTemplates } from './message/use-templates.ts'
import { sendersOf } from './senders/can-serve.ts'

/** What a draft is judged by, as far as it has been fetched. */
export function useKnown(draft: Draft): Known {
  const { timeZone } = usePreferences()
  const templates = useTemplates(draft)
  const senders = useOperation(senderOperations.list, {})
  const senderIds = senders.data ? sendersOf(draft, senders.data.data).map(({ id }) => id) : null
  return { templates, senderIds, timeZone, nowAtMs: Date.now() }
}

import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '#app/query.ts'
import { changesOf, draftOf } from './draft.ts'
import type { Draft } from './draft.ts'

/** How long nobody types before what was typed is saved by itself. */
const restMs = 700

export type EditedDraft = {
  draft: Draft
  /** What the server has. */
  saved: Draft
  /** While a save that somebody waits for is under way. */
  isSaving: boolean
  change: (patch: Partial<Draft>) => void
  /** Saves what differs, then goes on; stays where it is when the server refuses. */
  save: (then: () => void) => void
}

/**
 * A saved campaign while it is edited.
 *
 * @param savesItself Saves shortly after a change too, so that a forecast can tell what it leads to; what is half filled in
 *        must not ask for it. One save waits for the other, so that an older one never comes last.
 */
export function useDraft(campaign: Campaign, savesItself: (draft: Draft) => boolean): EditedDraft {
  const [saved, setSaved] = useState<Draft>(() => draftOf(campaign))
  const [draft, setDraft] = useState<Draft>(saved)
  const update = useAction(campaignOperations.update, { invalidates: ['campaigns.'] })
  const updateQuietly = useAction(campaignOperations.update, { invalidates: ['campaigns.'] })
  const params = { campaignId: campaign.id }

  const [waiting, setWaiting] = useState<(() => void) | null>(null)
  const save = (then: () => void) => {
    if (updateQuietly.isPending) return setWaiting(() => then)
    const body = changesOf(saved, draft)
    if (Object.keys(body).length === 0) return then()
    const onSuccess = (answer: Campaign) => {
      setSaved(draftOf(answer))
      setDraft(draftOf(answer))
      then()
    }
    update.mutate({ params, body }, { onSuccess })
  }

  const saveQuietly = useRef<() => void>(() => undefined)
  useEffect(() => {
    saveQuietly.current = () => {
      const body = changesOf(saved, draft)
      if (Object.keys(body).length === 0 || !savesItself(draft)) return
      if (update.isPending || updateQuietly.isPending) return
      updateQuietly.mutate({ params, body }, { onSuccess: () => setSaved(draft) })
    }
  })
  useEffect(() => {
    const timer = setTimeout(() => saveQuietly.current(), restMs)
    return () => clearTimeout(timer)
  }, [draft, saved])

  useEffect(() => {
    if (!waiting || updateQuietly.isPending) return
    setWaiting(null)
    save(waiting)
  })

  const change = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }))
  return { draft, saved, isSaving: update.isPending || waiting !== null, change, save }
}

import { segmentOperations } from '@siar/contract'
import type { SegmentRule } from '@siar/domain'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { toast } from '#ui/toast.ts'

export type SegmentInput = {
  readonly name: string
  readonly description: string
  readonly rule: SegmentRule
}

/** Saves a new segment, or changes one, and goes back to the list. */
export function useSaveSegment(segmentId: string | null) {
  const { t } = useTranslation('segments')
  const navigate = useNavigate()
  const [nameProblem, setNameProblem] = useState<string | null>(null)
  const options = {
    invalidates: ['segments.', 'contacts.list', 'campaigns.'],
    onSuccess: () => {
      toast.success(t('saved'))
      void navigate({ to: '/contacts/segments' })
    },
    onProblem: (problem: ApiProblem) => {
      if (problem.code === 'already_exists') setNameProblem(t('nameTaken'))
      else toastProblem(problem)
    },
  }
  const create = useAction(segmentOperations.create, options)
  const update = useAction(segmentOperations.update, options)
  const save = (input: SegmentInput) => {
    if (input.name.trim() === '') return setNameProblem(t('nameMissing'))
    if (segmentId === null) create.mutate({ body: input })
    else update.mutate({ params: { segmentId }, body: input })
  }
  return {
    save,
    isSaving: create.isPending || update.isPending,
    nameProblem,
    clearNameProblem: () => setNameProblem(null),
  }
}

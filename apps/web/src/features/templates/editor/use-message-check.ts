import { contactOperations } from '@siar/contract'
import type { ParsedTemplate } from '@siar/domain'
import { contactVariables } from '@siar/domain'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { readMessage } from './message-preview.ts'
import type { TemplateDraft } from './template-draft.ts'
import type { VariableChoice } from './variable-menu.tsx'

export type MessageCheck = {
  parsed: { id: ParsedTemplate; en: ParsedTemplate }
  variables: VariableChoice[]
  /** Custom fields and campaign variables; contact fields are always known. */
  knownNames: string[]
}

/** Reads both texts of a draft against the names that are known; runs again only when one of them changes. */
export function useMessageCheck({ texts, campaignVariables }: TemplateDraft): MessageCheck {
  const { t } = useTranslation('templates')
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  const custom = fields.data?.data
  const knownNames = useMemo(
    () => [...(custom ?? []).map((field) => field.key), ...campaignVariables],
    [custom, campaignVariables],
  )
  const id = useMemo(() => readMessage(texts.id, knownNames), [texts.id, knownNames])
  const en = useMemo(() => readMessage(texts.en, knownNames), [texts.en, knownNames])
  const variables: VariableChoice[] = [
    ...contactVariables.map((name) => ({
      name,
      label: t(`variables.names.${name}`),
      kind: 'contact' as const,
    })),
    ...(custom ?? []).map(({ key, label }) => ({ name: key, label, kind: 'custom' as const })),
    ...campaignVariables.map((name) => ({ name, label: name, kind: 'campaign' as const })),
  ]
  return { parsed: { id, en }, variables, knownNames }
}

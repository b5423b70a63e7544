import { useTranslation } from 'react-i18next'
import type { Namespace, TextKey } from '#i18n/namespace.ts'

/** Reads labels that were declared elsewhere (navigation, sections, commands); loads the text files they are in. */
export function useLabels(items: readonly { label: TextKey }[]): (label: TextKey) => string {
  const namespaces = [...new Set(items.map(({ label }) => label.slice(0, label.indexOf(':'))))] as Namespace[]
  const { t } = useTranslation(['app', ...namespaces])
  const read: (key: string) => string = t as unknown as (key: string) => string
  return read
}

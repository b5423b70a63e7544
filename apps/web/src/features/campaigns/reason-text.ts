import { delayReasons, egressWaits, refusalReasons, skipReasons } from '@siar/domain'
import { useTranslation } from 'react-i18next'

type Bilingual = { readonly id: string; readonly en: string }

const tables: readonly Readonly<Record<string, Bilingual>>[] = [
  skipReasons,
  refusalReasons,
  delayReasons,
  egressWaits,
]

/** Writes a reason code of the domain (skip, refusal, delay, no way out) in the page's language; anything else is shown as it is. */
export function useReasonText(): (reason: string) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'id'
  return (reason) => {
    const table = tables.find((one) => Object.hasOwn(one, reason))
    return table?.[reason]?.[language] ?? reason
  }
}

import { errorTable, isErrorCode, phoneProblems } from '@siar/domain'
import type { PhoneProblem } from '@siar/domain'
import { useTranslation } from 'react-i18next'

const rowReasons = ['country_not_allowed', 'row_too_long', 'control_characters', 'same_number_above'] as const

/** Why a row was not used, as a sentence; a reason without words is shown as it is. */
export function useReasonText(): (reason: string) => string {
  const { t, i18n } = useTranslation('imports')
  const language = i18n.language === 'en' ? 'en' : 'id'
  return (reason) => {
    const known = rowReasons.find((name) => name === reason)
    if (known) return t(`reasons.${known}`)
    return reason in phoneProblems ? phoneProblems[reason as PhoneProblem][language] : reason
  }
}

/** Why an import failed, as a sentence of the closed table of errors. */
export function useErrorText(): (code: string) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'id'
  return (code) => (isErrorCode(code) ? errorTable[code][language] : code)
}

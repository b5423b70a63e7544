import { variantKeys } from '@siar/contract'
import { useTranslation } from 'react-i18next'

/** Writes the group of an experiment that a person fell into; `–` for those who wait for the winner or are in none. */
export function useVariantWords(): (variant: string | null) => string {
  const { t } = useTranslation('campaign-results')
  return (variant) => {
    if (variant === 'holdout') return t('log.holdout')
    return variantKeys.some((key) => key === variant) && variant !== null ? variant : '–'
  }
}

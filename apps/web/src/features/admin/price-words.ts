import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

/** How the price list writes countries, fractions of a dollar and the present day. */
export function usePriceWords() {
  const { t } = useTranslation('admin')
  const { locale, timeZone } = useFormat()
  const countries = new Intl.DisplayNames([locale], { type: 'region' })
  const dollars = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  })
  return {
    country: (code: string) => (code === '*' ? t('prices.others') : (countries.of(code) ?? code)),
    usd: (usdMicros: number) => dollars.format(usdMicros / 1_000_000),
    /** `2026-11-21` where the person is. */
    today: (now: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now),
  }
}

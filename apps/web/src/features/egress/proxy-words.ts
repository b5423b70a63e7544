import type { Proxy } from '@siar/contract'
import { proxyProblems } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

/** Names of shops are the same in every language. */
export const providerNames = { proxy_seller: 'Proxy-Seller', bright_data: 'Bright Data' } as const

/** Words for what is told of a proxy. */
export function useProxyWords() {
  const { i18n } = useTranslation()
  const format = useFormat()
  const regions = new Intl.DisplayNames([format.locale], { type: 'region' })
  return {
    country: (code: string): string => regions.of(code) ?? code,
    problem: (problem: NonNullable<Proxy['problem']>): string =>
      proxyProblems[problem][i18n.language === 'en' ? 'en' : 'id'],
    /** Parts of a cent are worth showing here. */
    each: (minor: number, currency: 'IDR' | 'USD'): string =>
      new Intl.NumberFormat(format.locale, {
        style: 'currency',
        currency,
        minimumFractionDigits: 0,
        maximumSignificantDigits: 3,
      }).format(currency === 'USD' ? minor / 100 : minor),
    latency: (ms: number): string => `${format.number(ms)} ms`,
  }
}

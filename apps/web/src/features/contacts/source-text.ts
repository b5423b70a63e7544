import { useTranslation } from 'react-i18next'

const sources = [
  'import',
  'manual',
  'keyword',
  'link',
  'channel',
  'api',
  'attestation',
  'inbox',
  'demo',
] as const

/** Words for where a contact or a consent came from; a source without words is shown as it is. */
export function useSourceText(): (source: string) => string {
  const { t } = useTranslation('contacts')
  return (source) => {
    const known = sources.find((name) => name === source)
    return known ? t(`sources.${known}`) : source
  }
}

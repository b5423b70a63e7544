import type { Contact } from '@siar/contract'
import { BellOff, CircleCheck, CircleHelp, CircleSlash } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#ui/badge.tsx'

type Consent = Pick<Contact, 'marketingConsent' | 'suppressed'>

/** Whether promotions may go to this person: a suppression outweighs what the ledger says. */
export function ConsentBadge({ marketingConsent, suppressed }: Consent) {
  const { t } = useTranslation('contacts')
  if (suppressed) {
    return (
      <Badge tone="danger" icon={<BellOff aria-hidden />}>
        {t(`suppressed.${suppressed}`)}
      </Badge>
    )
  }
  switch (marketingConsent) {
    case 'granted':
      return (
        <Badge tone="success" icon={<CircleCheck aria-hidden />}>
          {t('consent.granted')}
        </Badge>
      )
    case 'withdrawn':
      return (
        <Badge tone="warn" icon={<CircleSlash aria-hidden />}>
          {t('consent.withdrawn')}
        </Badge>
      )
    case 'unknown':
      return (
        <Badge tone="outline" icon={<CircleHelp aria-hidden />}>
          {t('consent.unknown')}
        </Badge>
      )
  }
}

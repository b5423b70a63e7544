import type { Sender, SenderStanding } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { Card } from '#ui/card.tsx'
import { Facts } from '#ui/facts.tsx'
import { DateTime } from '#ui/time.tsx'

const tones = { green: 'success', yellow: 'warn', red: 'danger' } as const

/** What Meta says of the number: how people judge it, and how many it may write to. */
export function StandingCard({ sender: { standing } }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  if (standing === null)
    return (
      <Card title={t('standing.title')} text={t('standing.text')}>
        <p className="text-sm text-muted">{t('standing.none')}</p>
      </Card>
    )
  return (
    <Card title={t('standing.title')} text={t('standing.text')}>
      <StandingFacts standing={standing} />
    </Card>
  )
}

function StandingFacts({ standing }: { standing: SenderStanding }) {
  const { t } = useTranslation('connect')
  const format = useFormat()
  const { quality, messagingLimit, isUnlimited, messagesPerSecond, at } = standing
  const unknown = <span className="font-normal text-subtle">{t('standing.unknown')}</span>
  const limit = isUnlimited
    ? t('standing.unlimited')
    : messagingLimit === null
      ? unknown
      : t('standing.people', { count: messagingLimit })
  return (
    <>
      <Facts
        facts={[
          {
            label: t('standing.quality'),
            value: quality ? <Badge tone={tones[quality]}>{t(`standing.${quality}`)}</Badge> : unknown,
          },
          { label: t('standing.limit'), value: limit },
          {
            label: t('standing.speed'),
            value:
              messagesPerSecond === null
                ? unknown
                : t('standing.perSecond', { speed: format.number(messagesPerSecond) }),
          },
          { label: t('standing.at'), value: <DateTime at={at} /> },
        ]}
      />
      {quality && quality !== 'green' && (
        <p className="mt-3 text-xs text-pretty text-muted">{t(`standing.${quality}Text`)}</p>
      )}
    </>
  )
}

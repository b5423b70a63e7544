import { connectableChannels } from '@siar/contract'
import type { ConnectableChannel } from '@siar/contract'
import { AppWindow, BadgeCheck, FlaskConical, Server, Smartphone } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#ui/badge.tsx'
import type { BadgeTone } from '#ui/badge.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'

const looks: Readonly<Record<ConnectableChannel, { icon: LucideIcon; tone: BadgeTone }>> = {
  simulator: { icon: FlaskConical, tone: 'neutral' },
  cloud_api: { icon: BadgeCheck, tone: 'success' },
  linked_device: { icon: Smartphone, tone: 'warn' },
  web_browser: { icon: AppWindow, tone: 'warn' },
  waha: { icon: Server, tone: 'warn' },
}

const parts = ['risk', 'cost', 'needs'] as const
/** The place to rehearse comes first. */
const shown = [...connectableChannels].sort((a, b) => Number(b === 'simulator') - Number(a === 'simulator'))

export type ChannelCardsProps = {
  value: ConnectableChannel
  onValueChange: (channel: ConnectableChannel) => void
}

/** The ways to WhatsApp, each with what it risks, costs and needs; below, an honest word about the chosen one. */
export function ChannelCards({ value, onValueChange }: ChannelCardsProps) {
  const { t } = useTranslation('connect')
  return (
    <div className="flex flex-col gap-4">
      <RadioCards
        label={t('channel')}
        value={value}
        onValueChange={onValueChange}
        options={shown.map((channel) => {
          const { icon: Icon, tone } = looks[channel]
          return {
            value: channel,
            title: t(`cards.${channel}.title`),
            icon: <Icon aria-hidden />,
            aside: <Badge tone={tone}>{t(`cards.${channel}.badge`)}</Badge>,
            text: <CardText channel={channel} />,
          }
        })}
      />
      <ChannelNotice channel={value} />
    </div>
  )
}

function CardText({ channel }: { channel: ConnectableChannel }) {
  const { t } = useTranslation('connect')
  return (
    <span className="mt-1.5 grid gap-1.5 text-pretty">
      <span>{t(`cards.${channel}.text`)}</span>
      {parts.map((part) => (
        <span key={part}>
          <b className="font-semibold text-ink">{t(`cards.${part}`)}</b> {t(`cards.${channel}.${part}`)}
        </span>
      ))}
    </span>
  )
}

function ChannelNotice({ channel }: { channel: ConnectableChannel }) {
  const { t } = useTranslation('connect')
  if (channel === 'simulator') return null
  if (channel === 'cloud_api')
    return (
      <Notice tone="info" title={t('honest.untried')}>
        {t('honest.cloud_api')}
      </Notice>
    )
  return (
    <Notice tone="warn" title={t('honest.riskTitle')}>
      <p>{t('honest.risk')}</p>
      <p className="mt-1">{`${t('honest.untried')} ${t('honest.careful')}`}</p>
    </Notice>
  )
}

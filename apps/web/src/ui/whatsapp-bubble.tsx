import {
  Check,
  CheckCheck,
  CircleDashed,
  CornerUpLeft,
  ExternalLink,
  FileText,
  Mic,
  Phone,
  Play,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { cn } from './cn.ts'
import { WhatsAppText } from './whatsapp-message.tsx'

export type BubbleMedia = {
  kind: 'image' | 'video' | 'audio' | 'document'
  /** Something the browser may show; without it a placeholder is drawn. */
  url?: string | null | undefined
  name?: string | undefined
  sizeBytes?: number | undefined
  alt?: string | undefined
}
export type BubbleButton = { kind: 'reply' | 'url' | 'phone'; label: string }
export type BubbleProps = {
  text: string
  media?: BubbleMedia | null | undefined
  header?: string | undefined
  footer?: string | undefined
  buttons?: readonly BubbleButton[] | undefined
  /** Card of the first link: its host is read from the text when only a title is known. */
  link?: { title: string; text?: string; host: string; imageUrl?: string } | null | undefined
  /** Already formatted, such as `09:41`. */
  time?: string
  ticks?: 'queued' | 'sent' | 'delivered' | 'read' | null
}

/** One outgoing WhatsApp bubble: media, text, footer, time and ticks, buttons. Also used by reports and the inbox. */
export function WhatsAppBubble({
  text,
  media,
  header,
  footer,
  buttons,
  link,
  time = '09:41',
  ticks = 'read',
}: BubbleProps) {
  return (
    <div className="ml-auto max-w-[88%] min-w-32 text-sm text-wa-ink">
      <div className="rounded-lg rounded-tr-xs bg-wa-bubble p-1">
        {media && <Media media={media} />}
        {link && (
          <div className="mb-1 overflow-hidden rounded-md bg-wa-quote">
            {link.imageUrl && (
              <img src={link.imageUrl} alt="" className="aspect-[1.91] w-full object-cover" />
            )}
            <div className="px-2.5 py-2">
              <p className="line-clamp-2 text-[0.8125rem] font-semibold">{link.title}</p>
              {link.text && <p className="line-clamp-1 text-xs text-wa-meta">{link.text}</p>}
              <p className="text-[0.6875rem] text-wa-meta">{link.host}</p>
            </div>
          </div>
        )}
        <div className="px-1.5 pt-0.5 pb-0.5 leading-[1.35] break-words">
          {header && <p className="mb-0.5 font-bold">{header}</p>}
          <WhatsAppText text={text} />
          {footer && <p className="mt-1 text-xs text-wa-meta">{footer}</p>}
          <span className="mt-0.5 flex items-center justify-end gap-1 text-[0.6875rem] leading-none text-wa-meta">
            <span className="tabular-nums">{time}</span>
            {ticks && <Ticks ticks={ticks} />}
          </span>
        </div>
      </div>
      {buttons?.map((button) => (
        <BubbleButtonView key={`${button.kind}-${button.label}`} button={button} />
      ))}
    </div>
  )
}

function BubbleButtonView({ button }: { button: BubbleButton }) {
  const Icon = button.kind === 'reply' ? CornerUpLeft : button.kind === 'url' ? ExternalLink : Phone
  return (
    <div className="mt-0.5 flex h-9 items-center justify-center gap-1.5 rounded-lg bg-wa-bubble px-3 text-[0.8125rem] font-semibold text-wa-link">
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{button.label}</span>
    </div>
  )
}

/** WhatsApp's marks: one tick sent, two delivered, two blue read. */
export function Ticks({ ticks }: { ticks: 'queued' | 'sent' | 'delivered' | 'read' }) {
  const { t } = useTranslation('ui')
  const Icon = ticks === 'queued' ? CircleDashed : ticks === 'sent' ? Check : CheckCheck
  return (
    <Icon
      role="img"
      aria-label={t(`status.${ticks}`)}
      className={cn('size-3.5', ticks === 'read' && 'text-wa-tick')}
    />
  )
}

function Media({ media }: { media: BubbleMedia }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  switch (media.kind) {
    case 'image':
    case 'video':
      return (
        <div className="relative mb-1 overflow-hidden rounded-md bg-wa-quote">
          {media.url && media.kind === 'image' ? (
            <img
              src={media.url}
              alt={media.alt ?? media.name ?? ''}
              className="max-h-64 w-full object-cover"
            />
          ) : (
            <div className="aspect-video" />
          )}
          {media.kind === 'video' && (
            <span className="absolute inset-0 m-auto flex size-11 items-center justify-center rounded-full bg-overlay text-[#fff]">
              <Play className="size-5 fill-current" role="img" aria-label={t('phone.video')} />
            </span>
          )}
        </div>
      )
    case 'audio':
    case 'document':
      return (
        <div className="mb-1 flex items-center gap-2.5 rounded-md bg-wa-quote px-2.5 py-2.5">
          {media.kind === 'audio' ? (
            <Mic className="size-5 shrink-0 text-wa-link" aria-hidden />
          ) : (
            <FileText className="size-5 shrink-0 text-wa-link" aria-hidden />
          )}
          <span className="min-w-0">
            <span className="block truncate text-[0.8125rem] font-medium">
              {media.name ?? t(`phone.${media.kind}`)}
            </span>
            {media.sizeBytes !== undefined && (
              <span className="block text-[0.6875rem] text-wa-meta">{format.bytes(media.sizeBytes)}</span>
            )}
          </span>
        </div>
      )
  }
}

import { ChevronLeft, EllipsisVertical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from './avatar.tsx'
import { cn } from './cn.ts'
import { WhatsAppBubble } from './whatsapp-bubble.tsx'
import type { BubbleProps } from './whatsapp-bubble.tsx'

export type PhonePreviewProps = BubbleProps & {
  /** Whose name is on top of the screen; "Your shop" when left out. */
  senderName?: string
  /** Forces a theme; the page's own when left out. */
  theme?: 'light' | 'dark'
  className?: string | undefined
}

/** The message as the recipient sees it in WhatsApp on a phone. */
export function PhonePreview({ senderName, theme, className, ...bubble }: PhonePreviewProps) {
  const { t } = useTranslation('ui')
  const name = senderName ?? t('phone.yourShop')
  const isEmpty = !bubble.text && !bubble.media && !bubble.footer
  return (
    <figure
      aria-label={t('phone.label')}
      data-theme={theme}
      className={cn(
        'mx-auto flex h-144 w-full max-w-76 flex-col overflow-hidden rounded-[2.25rem] border-[6px] border-[#2b2724] bg-wa-paper text-wa-ink',
        className,
      )}
    >
      <div className="flex items-center gap-2 bg-wa-chrome px-2.5 pt-5 pb-2.5">
        <ChevronLeft className="size-5 opacity-70" aria-hidden />
        <Avatar name={name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-semibold">{name}</span>
          <span className="block text-[0.6875rem] text-wa-meta">{t('phone.online')}</span>
        </span>
        <EllipsisVertical className="size-4.5 opacity-60" aria-hidden />
      </div>
      <div
        className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3 py-3"
        tabIndex={0}
        role="group"
        aria-label={name}
      >
        <span className="mx-auto mb-3 rounded-md bg-wa-chrome px-2.5 py-1 text-[0.6875rem] text-wa-meta">
          {t('phone.today')}
        </span>
        {isEmpty ? (
          <p className="m-auto max-w-44 text-center text-xs text-wa-meta">{t('phone.empty')}</p>
        ) : (
          <WhatsAppBubble {...bubble} />
        )}
      </div>
    </figure>
  )
}

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { IconButton } from './icon-button.tsx'

export type SheetProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  text?: ReactNode
  /** Beside the title: a badge, a menu. */
  aside?: ReactNode
  children: ReactNode
  footer?: ReactNode
  width?: 'md' | 'lg'
}

/** A side panel for the details of one thing; the list stays where it was. Full width on a phone. */
export function Sheet({
  open,
  onOpenChange,
  title,
  text,
  aside,
  children,
  footer,
  width = 'md',
}: SheetProps) {
  const { t } = useTranslation('ui')
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <Radix.Content
          {...(text ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-y-0 right-0 z-50 flex w-full animate-slide flex-col border-l border-line bg-raised shadow-float outline-none',
            width === 'md' ? 'sm:max-w-md' : 'sm:max-w-2xl',
          )}
        >
          <header className="flex items-start justify-between gap-3 border-b border-line px-5 py-4">
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Radix.Title className="text-base font-semibold break-words">{title}</Radix.Title>
                {aside}
              </div>
              {text && <Radix.Description className="mt-0.5 text-xs text-subtle">{text}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton
                label={t('actions.close')}
                icon={<X aria-hidden />}
                size="sm"
                tooltip={false}
                className="-mr-2"
              />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

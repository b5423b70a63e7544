import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { IconButton } from './icon-button.tsx'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  text?: ReactNode
  children?: ReactNode
  /** Buttons, the primary one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
}

/** A small window over the page: for confirming and for short forms. Longer things are a Sheet or a page. */
export function Dialog({ open, onOpenChange, title, text, children, footer, size = 'sm' }: DialogProps) {
  const { t } = useTranslation('ui')
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-overlay" />
        <Radix.Content
          {...(text ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed z-50 flex max-h-[min(85dvh,44rem)] flex-col overflow-hidden border border-line bg-raised shadow-float outline-none',
            'inset-x-0 bottom-0 animate-slide-up rounded-t-xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100vw-3rem)] sm:-translate-1/2 sm:animate-pop sm:rounded-xl',
            size === 'sm' && 'sm:max-w-md',
            size === 'md' && 'sm:max-w-xl',
            size === 'lg' && 'sm:max-w-3xl',
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-5">
            <div className="min-w-0">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {text && (
                <Radix.Description className="mt-1 text-sm text-pretty text-muted">{text}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton
                label={t('actions.close')}
                icon={<X aria-hidden />}
                size="sm"
                tooltip={false}
                className="-mt-1.5 -mr-2"
              />
            </Radix.Close>
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 pb-1">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 px-5 py-4 max-sm:*:flex-1">{footer}</footer>
          )}
          {!footer && <div className="h-5 shrink-0" />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

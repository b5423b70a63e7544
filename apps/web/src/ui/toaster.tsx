import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Toaster as Sonner } from 'sonner'
import { toastDemand } from './toast.ts'

/** The list of toasts itself; mounted by ToastRegion. To show one see toast.ts. */
export function Toaster({ theme }: { theme: 'light' | 'dark' }) {
  const { t } = useTranslation('ui')
  useEffect(() => toastDemand.markMounted(), [])
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      offset={20}
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      containerAriaLabel={t('toast.region')}
      toastOptions={{
        style: {
          background: 'var(--raised)',
          border: '1px solid var(--line)',
          color: 'var(--ink)',
          borderRadius: 'var(--radius-lg)',
          boxShadow: 'var(--float)',
          fontFamily: 'var(--font-sans)',
          fontSize: 'var(--text-sm)',
        },
        classNames: {
          description: 'text-xs! text-muted!',
          error: '[&_[data-icon]]:text-danger-ink',
          success: '[&_[data-icon]]:text-accent-ink',
          actionButton: 'bg-accent! text-on-accent! font-semibold! rounded-sm!',
        },
      }}
    />
  )
}

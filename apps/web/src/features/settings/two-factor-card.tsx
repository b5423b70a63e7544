import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewer } from '#app/viewer.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { cn } from '#ui/cn.ts'
import { DisableTwoFactorDialog } from './disable-two-factor-dialog.tsx'
import { EnableTwoFactorDialog } from './enable-two-factor-dialog.tsx'
import { RenewCodesDialog } from './renew-codes-dialog.tsx'

/** Whether signing in needs a second step, and the ways to change that. */
export function TwoFactorCard() {
  const { t } = useTranslation('settings')
  const { me } = useViewer()
  const [open, setOpen] = useState<'enable' | 'disable' | 'renew' | null>(null)
  const on = me.twoFactorEnabled
  const close = () => setOpen(null)
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-4">
        <span
          className={cn(
            'flex size-11 shrink-0 items-center justify-center rounded-xl',
            on ? 'bg-success-soft text-success-ink' : 'bg-sunken text-muted',
          )}
        >
          {on ? (
            <ShieldCheck className="size-5.5" strokeWidth={1.75} aria-hidden />
          ) : (
            <ShieldOff className="size-5.5" strokeWidth={1.75} aria-hidden />
          )}
        </span>
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex flex-wrap items-center gap-2 text-sm font-semibold">
            {t('twoFactor.title')}
            <Badge tone={on ? 'success' : 'outline'}>{on ? t('twoFactor.on') : t('twoFactor.off')}</Badge>
          </h2>
          <p className="mt-0.5 max-w-xl text-xs text-pretty text-muted">
            {on ? t('twoFactor.textOn') : t('twoFactor.textOff')}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {on ? (
            <>
              <Button onClick={() => setOpen('renew')}>{t('twoFactor.renew')}</Button>
              <Button tone="danger-quiet" onClick={() => setOpen('disable')}>
                {t('twoFactor.disable')}
              </Button>
            </>
          ) : (
            <Button tone="primary" onClick={() => setOpen('enable')}>
              {t('twoFactor.enable')}
            </Button>
          )}
        </div>
      </div>
      {open === 'enable' && <EnableTwoFactorDialog onClose={close} />}
      {open === 'disable' && <DisableTwoFactorDialog onClose={close} />}
      {open === 'renew' && <RenewCodesDialog onClose={close} />}
    </Card>
  )
}

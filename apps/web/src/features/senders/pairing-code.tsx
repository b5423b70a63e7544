import { senderOperations } from '@siar/contract'
import type { ResponseOf, Sender } from '@siar/contract'
import type { SenderStatus } from '@siar/domain'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { QrCode } from '#ui/qr-code.tsx'
import { useSecondsLeft } from './use-seconds-left.ts'

type Qr = ResponseOf<typeof senderOperations.getPairing>['qr']
export type PairingCodeProps = { sender: Sender; status: SenderStatus; qr: Qr }

/** The code to scan now with its time left, or a way to get one when the sender is not pairing. */
export function PairingCode({ sender, status, qr }: PairingCodeProps) {
  const { t } = useTranslation('senders')
  const simulated = sender.channel === 'simulator'
  const steps = simulated ? (['one', 'two', 'three'] as const) : (['open', 'devices', 'scan'] as const)
  const waiting = status === 'pairing' || status === 'reconnecting'
  return (
    <Card>
      <div className="flex flex-col gap-8 py-2 md:flex-row md:items-center">
        <div className="flex flex-col items-center gap-3 self-center">
          {waiting ? <LiveCode qr={qr} /> : <StartPairing sender={sender} />}
        </div>
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold">{t('pair.how')}</h2>
          <ol className="mt-4 flex flex-col gap-4">
            {steps.map((step, index) => (
              <li key={step} className="flex gap-3">
                <span
                  className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink"
                  aria-hidden
                >
                  {index + 1}
                </span>
                <span className="pt-0.5 text-pretty text-muted">{t(`pair.steps.${step}`)}</span>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </Card>
  )
}

function LiveCode({ qr }: { qr: Qr }) {
  const { t } = useTranslation('senders')
  const left = useSecondsLeft(qr?.expiresAt ?? null)
  const expired = left === 0
  return (
    <>
      <div className={expired ? 'opacity-40' : undefined}>
        <QrCode value={qr?.data ?? null} label={t('pair.qr')} />
      </div>
      <p className="h-4 text-xs text-subtle tabular-nums" role="timer">
        {qr === null || expired ? t('pair.coming') : t('pair.expires', { count: left ?? 0 })}
      </p>
    </>
  )
}

function StartPairing({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const connect = useAction(senderOperations.connect, { invalidates: ['senders.'] })
  return (
    <div className="flex size-66 max-w-full flex-col items-center justify-center gap-4 rounded-lg border border-dashed border-line-strong bg-sunken p-5 text-center">
      <p className="text-sm text-pretty text-muted">{t('pair.idle')}</p>
      <Button
        tone="primary"
        icon={<RefreshCw aria-hidden />}
        busy={connect.isPending}
        onClick={() => connect.mutate({ params: { senderId: sender.id } })}
      >
        {t('pair.start')}
      </Button>
    </div>
  )
}

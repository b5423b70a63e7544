import { senderOperations } from '@siar/contract'
import type { ResponseOf, Sender } from '@siar/contract'
import type { SenderStatus } from '@siar/domain'
import { QrCode as QrIcon, RefreshCw, RectangleEllipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { QrCode } from '#ui/qr-code.tsx'
import { Steps } from './steps.tsx'
import { TypedCode, TypedCodeForm } from './typed-code.tsx'
import { useSecondsLeft } from './use-seconds-left.ts'

export type PairingState = ResponseOf<typeof senderOperations.getPairing>
export type PairingCodeProps = { sender: Sender; status: SenderStatus; pairing: PairingState | undefined }

/** The code to scan or to type now with its time left, or a way to get one when the sender is not pairing. */
export function PairingCode({ sender, status, pairing }: PairingCodeProps) {
  const { t } = useTranslation('senders')
  const [asked, setAsked] = useState<'qr' | 'code' | null>(null)
  const way = asked ?? (pairing?.code ? 'code' : 'qr')
  const qr = pairing?.qr ?? null
  const code = pairing?.code ?? null
  const isSimulator = sender.channel === 'simulator'
  const waiting = status === 'new' || status === 'pairing' || status === 'reconnecting'
  const steps = isSimulator
    ? [t('pair.steps.one'), t('pair.steps.two'), t('pair.steps.three')]
    : way === 'qr'
      ? [t('pair.steps.open'), t('pair.steps.devices'), t('pair.steps.scan')]
      : [t('pair.steps.open'), t('pair.steps.devicesCode'), t('pair.steps.type')]
  return (
    <Card>
      <div className="flex flex-col gap-8 py-2 md:flex-row md:items-center">
        <div className="flex min-w-0 flex-col items-center gap-3 self-center">
          {way === 'code' ? (
            code ? (
              <TypedCode code={code} />
            ) : (
              <TypedCodeForm senderId={sender.id} isWaiting={waiting && asked !== 'code'} />
            )
          ) : waiting ? (
            <LiveCode qr={qr} />
          ) : (
            <StartPairing sender={sender} />
          )}
        </div>
        <div className="min-w-0 flex-1">
          <h2 className="mb-4 text-base font-semibold">{t('pair.how')}</h2>
          <Steps steps={steps} />
          {!isSimulator && <OtherWay senderId={sender.id} way={way} onChange={setAsked} />}
        </div>
      </div>
    </Card>
  )
}

type OtherWayProps = { senderId: string; way: 'qr' | 'code'; onChange: (way: 'qr' | 'code' | null) => void }

/** Between scanning and typing: typing asks for the number first, scanning begins at once. */
function OtherWay({ senderId, way, onChange }: OtherWayProps) {
  const { t } = useTranslation('senders')
  const scan = useAction(senderOperations.setPairing, {
    invalidates: ['senders.'],
    onSuccess: () => onChange('qr'),
  })
  return (
    <div className="mt-6">
      {way === 'qr' ? (
        <Button icon={<RectangleEllipsis aria-hidden />} onClick={() => onChange('code')}>
          {t('pair.byCode')}
        </Button>
      ) : (
        <Button
          icon={<QrIcon aria-hidden />}
          busy={scan.isPending}
          onClick={() => scan.mutate({ params: { senderId }, body: { by: 'qr' } })}
        >
          {t('pair.byQr')}
        </Button>
      )}
    </div>
  )
}

function LiveCode({ qr }: { qr: PairingState['qr'] }) {
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

import { senderOperations } from '@siar/contract'
import { ScanLine } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { QrCode } from '#ui/qr-code.tsx'

export type SimulatedPhoneProps = {
  senderId: string
  /** The text of the QR code on screen; null while there is none. */
  code: string | null
}

/** The phone of the simulator: looks at the code through its camera and links when asked. */
export function SimulatedPhone({ senderId, code }: SimulatedPhoneProps) {
  const { t } = useTranslation('senders')
  const scan = useAction(senderOperations.scanPairing, { invalidates: ['senders.', 'analytics.'] })
  return (
    <figure
      aria-label={t('phone.label')}
      className="mx-auto flex h-128 w-full max-w-72 flex-col overflow-hidden rounded-[2.25rem] border-[6px] border-[#2b2724] bg-[#14110f] text-[#f5f4f2]"
    >
      <figcaption className="px-5 pt-7 text-center">
        <p className="text-sm font-semibold">{t('phone.title')}</p>
        <p className="mt-1 text-xs text-[#b5afa9]">{t('phone.text')}</p>
      </figcaption>
      <div className="relative m-auto flex size-48 items-center justify-center">
        <span className="absolute top-0 left-0 size-8 rounded-tl-lg border-t-3 border-l-3 border-[#2dd4bf]" />
        <span className="absolute top-0 right-0 size-8 rounded-tr-lg border-t-3 border-r-3 border-[#2dd4bf]" />
        <span className="absolute bottom-0 left-0 size-8 rounded-bl-lg border-b-3 border-l-3 border-[#2dd4bf]" />
        <span className="absolute right-0 bottom-0 size-8 rounded-br-lg border-r-3 border-b-3 border-[#2dd4bf]" />
        {code === null ? (
          <ScanLine className="size-12 animate-shimmer opacity-60" strokeWidth={1.25} aria-hidden />
        ) : (
          <span aria-hidden className="opacity-90">
            <QrCode value={code} sizePx={120} />
          </span>
        )}
      </div>
      <div className="px-5 pb-7">
        <Button
          tone="primary"
          size="lg"
          className="w-full"
          icon={<ScanLine aria-hidden />}
          disabled={code === null}
          busy={scan.isPending}
          onClick={() => code !== null && scan.mutate({ params: { senderId }, body: { data: code } })}
        >
          {t('phone.scan')}
        </Button>
        <p className="mt-3 text-center text-xs text-[#b5afa9]">{t('phone.hint')}</p>
      </div>
    </figure>
  )
}

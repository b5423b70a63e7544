import type { UnknownMessage } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Button } from '#ui/button.tsx'
import { Facts } from '#ui/facts.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { DateTime } from '#ui/time.tsx'
import { decisionIcons, decisions } from './decision.ts'
import type { Decision } from './decision.ts'

export type UnknownSheetProps = {
  message: UnknownMessage
  mayDecide: boolean
  onDecide: (decision: Decision) => void
  onClose: () => void
}

/** One message in full: what to look for on which phone, and the three ways to decide. */
export function UnknownSheet({ message, mayDecide, onDecide, onClose }: UnknownSheetProps) {
  const { t } = useTranslation('unknown-messages')
  const { contactName, address, senderName, dispatchedAt, campaignId, campaignName, text } = message
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={contactName || phoneText(address)}
      text={phoneText(address)}
      aside={<StatusBadge status="unknown" />}
    >
      <div className="flex flex-col gap-6">
        <section>
          <h3 className="text-sm font-semibold">{t('sheet.look')}</h3>
          <p className="mt-1 text-sm text-pretty text-muted">
            {senderName === null ? t('sheet.lookAnywhere') : t('sheet.lookText', { sender: senderName })}
          </p>
          <blockquote className="mt-3 rounded-lg border border-line bg-sunken px-4 py-3 text-sm break-words whitespace-pre-line">
            {text}
          </blockquote>
        </section>
        {mayDecide && (
          <section className="flex flex-col gap-2.5">
            <h3 className="text-sm font-semibold">{t('sheet.decide')}</h3>
            {decisions.map((decision) => (
              <Choice key={decision} decision={decision} onChoose={() => onDecide(decision)} />
            ))}
          </section>
        )}
        <Facts
          facts={[
            {
              label: t('columns.campaign'),
              value: (
                <Link
                  to="/campaigns/$campaignId"
                  params={{ campaignId }}
                  className="text-accent-ink hover:underline"
                >
                  {campaignName}
                </Link>
              ),
            },
            { label: t('columns.sender'), value: senderName ?? t('noSender') },
            ...(dispatchedAt === null
              ? []
              : [{ label: t('columns.at'), value: <DateTime at={dispatchedAt} /> }]),
          ]}
        />
      </div>
    </Sheet>
  )
}

function Choice({ decision, onChoose }: { decision: Decision; onChoose: () => void }) {
  const { t } = useTranslation('unknown-messages')
  const Icon = decisionIcons[decision]
  return (
    <Button
      className="h-auto! w-full justify-start! gap-3! px-4! py-3! text-left font-normal! whitespace-normal!"
      icon={<Icon className="text-subtle" aria-hidden />}
      onClick={onChoose}
    >
      <span className="min-w-0">
        <span className="block font-semibold">{t(`decisions.${decision}`)}</span>
        <span className="mt-0.5 block text-xs text-muted">{t(`hints.${decision}`)}</span>
      </span>
    </Button>
  )
}

import { Link } from '@tanstack/react-router'
import type { Sender } from '@siar/contract'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'

/** The sender is linked: says so and offers what people do next. */
export function PairedCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  return (
    <Card>
      <EmptyState
        icon={CircleCheck}
        title={t('paired.title', { name: sender.name })}
        text={sender.phone ? t('paired.text', { phone: phoneText(sender.phone) }) : t('paired.textNoPhone')}
        action={
          <>
            <Button asChild>
              <Link to="/senders/$senderId" params={{ senderId: sender.id }}>
                {t('paired.open')}
              </Link>
            </Button>
            <Button tone="primary" asChild>
              <Link to="/">{t('paired.next')}</Link>
            </Button>
          </>
        }
      />
    </Card>
  )
}

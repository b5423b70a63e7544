import { asksAccess, channelAccess, senderOperations } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { KeyRound, Plug } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Facts } from '#ui/facts.tsx'
import { AccessResults } from './access-results.tsx'
import { ChangeAccessSheet } from './change-access-sheet.tsx'

/** What opens this sender: which values are kept, whether they still work, and a way to enter new ones. */
export function AccessCard({ sender }: { sender: Sender }) {
  const { t } = useTranslation('connect')
  const [isChanging, setIsChanging] = useState(false)
  const check = useAction(senderOperations.checkKept)
  if (!asksAccess(sender.channel)) return null
  const { cloud_api: cloud, waha } = sender.settings
  const hidden = channelAccess[sender.channel].secrets.map((name) => ({
    label: t(`fields.${name}`),
    value: sender.secrets.includes(name) ? t('access.kept') : t('access.missing'),
  }))
  const shown =
    sender.channel === 'cloud_api'
      ? [
          { label: t('fields.phoneNumberId'), value: cloud?.phoneNumberId ?? '' },
          { label: t('fields.wabaId'), value: cloud?.wabaId ?? '' },
        ]
      : [
          { label: t('fields.baseUrl'), value: waha?.baseUrl ?? '' },
          { label: t('fields.session'), value: waha?.session ?? '' },
        ]
  return (
    <Card
      title={t('access.title')}
      text={t('access.text')}
      aside={
        <>
          <Button
            size="sm"
            icon={<Plug aria-hidden />}
            busy={check.isPending}
            onClick={() => check.mutate({ params: { senderId: sender.id } })}
          >
            {t('checks.try')}
          </Button>
          <Button size="sm" icon={<KeyRound aria-hidden />} onClick={() => setIsChanging(true)}>
            {t('change.open')}
          </Button>
        </>
      }
    >
      <Facts facts={[...shown, ...hidden]} />
      {check.data && (
        <div className="mt-5 border-t border-line pt-4">
          <AccessResults checks={check.data.data} />
        </div>
      )}
      {isChanging && <ChangeAccessSheet sender={sender} onClose={() => setIsChanging(false)} />}
    </Card>
  )
}

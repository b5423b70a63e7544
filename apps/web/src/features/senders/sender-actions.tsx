import { Link, useNavigate } from '@tanstack/react-router'
import { isLinkedByPhone, senderOperations, webhookOf } from '@siar/contract'
import type { Sender } from '@siar/contract'
import { Ellipsis, LogOut, Plug, QrCode, Square, Trash2, Webhook } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { toast } from '#ui/toast.ts'
import { isConnected, isUnlinked, needsPairing } from './pairing-state.ts'

const invalidates = ['senders.', 'analytics.']

/** The one deed that brings a sender to work: link it, or connect it again. Nothing while it works. */
export function SenderMainAction({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const connect = useAction(senderOperations.connect, { invalidates })
  if (isUnlinked(sender) && isLinkedByPhone(sender.channel)) {
    return (
      <Button tone="primary" asChild>
        <Link to="/senders/$senderId/pair" params={{ senderId: sender.id }}>
          <QrCode aria-hidden />
          {t('actions.pair')}
        </Link>
      </Button>
    )
  }
  if (isConnected(sender.status) && !waitsForSession.includes(sender.status)) return null
  return (
    <Button
      tone={sender.status === 'banned' ? 'secondary' : 'primary'}
      icon={<Plug aria-hidden />}
      busy={connect.isPending}
      onClick={() => connect.mutate({ params: { senderId: sender.id } })}
    >
      {t('actions.connect')}
    </Button>
  )
}

/** Siar tries again by itself, after ever longer pauses; a person may not want to wait. */
const waitsForSession: readonly Sender['status'][] = ['offline', 'reconnecting']

type Asked = 'stop' | 'logOut' | 'remove' | null

/** Stop, log out and delete, each asked about first. */
export function SenderActions({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked>(null)
  const params = { senderId: sender.id }
  const close = () => setAsked(null)
  const done = (text: string) => {
    close()
    toast.success(text)
  }
  const stop = useAction(senderOperations.stop, { invalidates, onSuccess: () => done(t('actions.stopped')) })
  const logOut = useAction(senderOperations.logOut, {
    invalidates,
    onSuccess: () => done(t('actions.loggedOut')),
  })
  const remove = useAction(senderOperations.remove, {
    invalidates: ['senders.list', 'analytics.'],
    onSuccess: () => {
      done(t('actions.removed', { name: sender.name }))
      void navigate({ to: '/senders' })
    },
  })
  const confirm = { stop, logOut, remove }
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton
            label={t('actions.more')}
            icon={<Ellipsis aria-hidden />}
            tone="outline"
            tooltip={false}
            className="max-sm:flex-none!"
          />
        }
        groups={[
          {
            items: [
              ...(webhookOf(sender.channel)?.setBy === 'person'
                ? [
                    {
                      id: 'webhook',
                      label: t('actions.webhook'),
                      icon: <Webhook aria-hidden />,
                      onSelect: () =>
                        void navigate({ to: '/senders/$senderId/pair', params: { senderId: sender.id } }),
                    },
                  ]
                : []),
              ...(isConnected(sender.status) || sender.status === 'pairing'
                ? [
                    {
                      id: 'stop',
                      label: t('actions.stop'),
                      icon: <Square aria-hidden />,
                      onSelect: () => setAsked('stop'),
                    },
                  ]
                : []),
              ...(needsPairing(sender.status)
                ? []
                : [
                    {
                      id: 'logOut',
                      label: t('actions.logOut'),
                      icon: <LogOut aria-hidden />,
                      onSelect: () => setAsked('logOut'),
                    },
                  ]),
              {
                id: 'remove',
                label: t('actions.remove'),
                icon: <Trash2 aria-hidden />,
                danger: true,
                onSelect: () => setAsked('remove'),
              },
            ],
          },
        ]}
      />
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={close}
          title={t(`confirm.${asked}.title`, { name: sender.name })}
          text={t(`confirm.${asked}.text`)}
          action={t(`confirm.${asked}.action`)}
          danger={asked !== 'stop'}
          busy={confirm[asked].isPending}
          onConfirm={() => confirm[asked].mutate({ params })}
        />
      )}
    </>
  )
}

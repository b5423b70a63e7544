import { identityOperations } from '@siar/contract'
import type { LoginSession } from '@siar/contract'
import { useQueryClient } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { invalidateOperations, useAction, useOperation } from '#app/query.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { describeDevice } from './device.ts'

type Session = z.output<typeof LoginSession>

/** Where the person is signed in, and the way to end it there. */
export function LoginSessionsCard() {
  const { t } = useTranslation('settings')
  const sessions = useOperation(identityOperations.listLoginSessions, {})
  const rows = sessions.data?.data
  const others = rows?.filter(({ current }) => !current).length ?? 0
  return (
    <Card
      title={t('sessions.title')}
      text={t('sessions.text')}
      padding="none"
      aside={others > 0 && <EndOthers count={others} />}
    >
      {sessions.error && <ProblemState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className="divide-y divide-line border-t border-line">
        {!rows && !sessions.error && <WaitingRow />}
        {rows?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  )
}

function WaitingRow() {
  return (
    <li className="flex items-center gap-3 px-5 py-3.5">
      <Skeleton className="size-9" />
      <span className="flex flex-col gap-2">
        <Skeleton className="h-3.5 w-40" />
        <Skeleton className="h-3 w-28" />
      </span>
    </li>
  )
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation('settings')
  const device = describeDevice(session.userAgent)
  const revoke = useAction(identityOperations.revokeLoginSession, {
    invalidates: ['identity.listLoginSessions'],
    onSuccess: () => toast.success(t('sessions.ended')),
  })
  const Icon = device.isPhone ? Smartphone : Monitor
  const name =
    device.browser && device.system
      ? t('sessions.device', { browser: device.browser, system: device.system })
      : (device.browser ?? device.system ?? t('sessions.unknownDevice'))
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-sunken text-muted">
        <Icon className="size-4.5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1 basis-44">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {session.current && <Badge tone="accent">{t('sessions.current')}</Badge>}
        </p>
        <p className="text-xs text-subtle">
          {t('sessions.since')} <RelativeTime at={session.createdAt} />
          {session.ipAddress && <span className="font-mono">{` · ${session.ipAddress}`}</span>}
        </p>
      </div>
      {!session.current && (
        <Button
          size="sm"
          busy={revoke.isPending}
          onClick={() => revoke.mutate({ params: { loginSessionId: session.id } })}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

function EndOthers({ count }: { count: number }) {
  const { t } = useTranslation(['settings', 'identity'])
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const end = async () => {
    setBusy(true)
    const { problem } = await askAuth((fetchOptions) => auth.revokeOtherSessions({ fetchOptions }))
    setBusy(false)
    setOpen(false)
    if (problem) toast.error(t(`identity:problems.${problem.kind}`, { count: problem.retryAfterS }))
    else toast.success(t('sessions.othersEnded'))
    await invalidateOperations(client, ['identity.listLoginSessions'])
  }
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('sessions.endOthers')}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        busy={busy}
        title={t('sessions.endOthersTitle', { count })}
        text={t('sessions.endOthersText')}
        action={t('sessions.endOthersAction', { count })}
        onConfirm={() => void end()}
      />
    </>
  )
}

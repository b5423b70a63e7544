import { workspaceOperations } from '@siar/contract'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { ApiProblem } from '#app/problem.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import type { OperationOutput } from '#app/operation.ts'
import { SkeletonText } from '#ui/skeleton.tsx'
import { AcceptInvitation } from './accept-invitation.tsx'
import { JoinForm } from './join-form.tsx'
import { LinkOver } from './link-over.tsx'
import { PublicTask } from './public-task.tsx'

export type InvitationView = OperationOutput<typeof workspaceOperations.viewInvitation>

/** What an invited person sees: who invites them where, and the shortest way in. */
export function InvitationPage() {
  const { t } = useTranslation('identity')
  const { invitationId = '' }: { invitationId?: string } = useParams({ strict: false })
  const invitation = useOperation(workspaceOperations.viewInvitation, { params: { invitationId } })
  const signedInAs = useSignedInEmail()
  if (invitation.error) {
    const { error } = invitation
    const over =
      error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429
    if (over) return <LinkOver title={t('invitation.over')} text={t('invitation.overText')} />
    return <ProblemState error={error} onRetry={() => void invitation.refetch()} />
  }
  if (!invitation.data || signedInAs === undefined) return <SkeletonText lines={6} />
  const view = invitation.data
  return (
    <PublicTask
      title={t('invitation.title', { workspace: view.workspaceName })}
      text={t('invitation.text', { inviter: view.inviterName, workspace: view.workspaceName })}
    >
      <div className="rounded-lg border border-line bg-surface px-4 py-3">
        <p className="text-sm font-semibold">{t(`invitation.as.${view.role}`)}</p>
        <p className="mt-0.5 text-xs text-muted">{t(`invitation.may.${view.role}`)}</p>
      </div>
      {view.accountExists ? (
        <AcceptInvitation invitationId={invitationId} email={view.email} signedInAs={signedInAs} />
      ) : (
        <JoinForm invitationId={invitationId} email={view.email} signedInAs={signedInAs} />
      )}
    </PublicTask>
  )
}

/** The address of whoever is signed in in this browser; null for nobody, undefined while asking. */
function useSignedInEmail(): string | null | undefined {
  const [email, setEmail] = useState<string | null>()
  useEffect(() => {
    void askAuth((fetchOptions) => auth.getSession({ fetchOptions })).then(({ data }) =>
      setEmail(data?.user.email ?? null),
    )
  }, [])
  return email
}

import { workspaceOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { auth } from '#app/auth.ts'
import { useAction } from '#app/query.ts'
import { chooseWorkspace } from '#app/workspace-choice.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ProblemNotice } from './auth-notice.tsx'
import { useEnter } from './entry.ts'

type Props = { invitationId: string; email: string; signedInAs: string | null }

/** The way in for a person who has an account: sign in as the invited address, then accept. */
export function AcceptInvitation({ invitationId, email, signedInAs }: Props) {
  const { t } = useTranslation('identity')
  const enter = useEnter()
  const accept = useAction(workspaceOperations.acceptInvitation, {
    onProblem: () => undefined,
    onSuccess: ({ workspaceId }) => {
      chooseWorkspace(workspaceId)
      enter('/')
    },
  })
  const next = `/invitations/${invitationId}`
  if (signedInAs === null) {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-sm text-muted">{t('invitation.signInFirst', { email })}</p>
        <Button tone="primary" size="lg" className="w-full" asChild>
          <Link to="/sign-in" search={{ next }}>
            {t('invitation.signIn')}
          </Link>
        </Button>
      </div>
    )
  }
  if (signedInAs.toLowerCase() !== email.toLowerCase()) {
    const change = async () => {
      await auth.signOut()
      enter(`/sign-in?next=${encodeURIComponent(next)}`)
    }
    return (
      <Notice
        tone="warn"
        title={t('invitation.otherPerson', { email: signedInAs })}
        action={
          <Button size="sm" onClick={() => void change()}>
            {t('invitation.changePerson')}
          </Button>
        }
      >
        {t('invitation.otherPersonText', { email })}
      </Notice>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <ProblemNotice error={accept.error} />
      <Button
        tone="primary"
        size="lg"
        className="w-full"
        busy={accept.isPending}
        onClick={() => accept.mutate({ params: { invitationId }, body: {} })}
      >
        {t('invitation.accept')}
      </Button>
      <p className="text-xs text-subtle">{t('invitation.signedInAs', { email })}</p>
    </div>
  )
}

import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '#i18n/index.ts'
import { PreferencesContext } from '#i18n/preferences.ts'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { useLiveUpdates } from '../live.ts'
import { ApiProblem } from '../problem.ts'
import { ProblemState } from '../problem-state.tsx'
import { ViewerContext, useMe } from '../viewer.ts'
import { chooseWorkspace, useCurrentWorkspaceId } from '../workspace-choice.ts'

/** Lets signed-in people through with who they are and where they work; sends others to sign in, and back afterwards. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const { data: me, error, refetch } = useMe()
  const { href } = useLocation()
  const chosen = useCurrentWorkspaceId()
  const workspace = me ? pickWorkspace(me, chosen) : null

  useEffect(() => {
    if (me) chooseWorkspace(workspace?.id ?? null)
  }, [me, workspace?.id])
  useEffect(() => {
    if (me && me.language !== i18n.language) void changeLanguage(me.language)
    // Only the profile decides here: a person who switches on screen is not switched back.
  }, [me?.language])
  useLiveUpdates(workspace?.id ?? null)

  const viewer = useMemo(() => (me ? { me, workspace } : null), [me, workspace])
  const preferences = useMemo(
    () => ({ timeZone: me?.timeZone ?? 'Asia/Jakarta', currency: me?.currency ?? 'IDR' }),
    [me?.timeZone, me?.currency],
  )
  if (error instanceof ApiProblem && error.status === 401) {
    return <ToSignIn from={href} />
  }
  if (!viewer && error) return <ProblemState size="page" error={error} onRetry={() => void refetch()} />
  if (!viewer || chosen !== (workspace?.id ?? null)) return <Waiting />
  return (
    <PreferencesContext value={preferences}>
      <ViewerContext value={viewer}>{children}</ViewerContext>
    </PreferencesContext>
  )
}

/** Goes once: the address changes before this page is gone, and that must not be taken for a new place to come back to. */
function ToSignIn({ from }: { from: string }) {
  const navigate = useNavigate()
  const [next] = useState(from)
  useEffect(() => {
    void navigate({ to: '/sign-in', search: next === '/' ? {} : { next }, replace: true })
  }, [navigate, next])
  return <Waiting />
}

type Choosable = { workspaces: { id: string }[]; activeWorkspaceId: string | null }

/** The workspace of this tab's choice, else the active one, else the first; null for a person who is in none. */
export function pickWorkspace<M extends Choosable>(
  me: M,
  chosen: string | null,
): M['workspaces'][number] | null {
  const byId = (id: string | null) => me.workspaces.find((workspace) => workspace.id === id)
  return byId(chosen) ?? byId(me.activeWorkspaceId) ?? me.workspaces[0] ?? null
}

function Waiting() {
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-8 sm:px-8 lg:pl-68">
      <SkeletonPage />
    </div>
  )
}

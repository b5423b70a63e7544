import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { useViewer } from '../viewer.ts'
import { NoWorkspaceScreen } from '../screens/no-workspace-screen.tsx'
import { Shell } from './shell.tsx'
import { SignedIn } from './signed-in.tsx'

/** Navigation around the screens of a workspace. */
export function WorkspaceLayout() {
  return (
    <SignedIn>
      <Inside />
    </SignedIn>
  )
}

function Inside() {
  const { workspace } = useViewer()
  return (
    <Shell>
      {workspace ? (
        <Suspense key={workspace.id} fallback={<SkeletonPage />}>
          <Outlet />
        </Suspense>
      ) : (
        <NoWorkspaceScreen />
      )}
    </Shell>
  )
}

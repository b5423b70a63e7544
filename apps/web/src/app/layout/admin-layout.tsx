import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { ForbiddenScreen } from '../screens/forbidden-screen.tsx'
import { useViewer } from '../viewer.ts'
import { Shell } from './shell.tsx'
import { SignedIn } from './signed-in.tsx'

/** Navigation around the screens of the installation, for platform admins only. */
export function AdminLayout() {
  return (
    <SignedIn>
      <Inside />
    </SignedIn>
  )
}

function Inside() {
  const { me } = useViewer()
  return (
    <Shell>
      {me.isPlatformAdmin ? (
        <Suspense fallback={<SkeletonPage />}>
          <Outlet />
        </Suspense>
      ) : (
        <ForbiddenScreen />
      )}
    </Shell>
  )
}

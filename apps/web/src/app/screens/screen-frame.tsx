import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { SkeletonPage } from '#ui/skeleton.tsx'
import type { Screen } from '../feature.ts'
import { SectionFrame } from '../layout/section-frame.tsx'
import { useCan } from '../viewer.ts'
import { ForbiddenScreen } from './forbidden-screen.tsx'

/** Around every screen: its permission, the sections of its place, and a skeleton while code and texts arrive. */
export function ScreenFrame({ screen, children }: { screen: Screen; children: ReactNode }) {
  const signedIn = (screen.layout ?? 'workspace') === 'workspace' || screen.layout === 'admin'
  const body = <Suspense fallback={<SkeletonPage />}>{children}</Suspense>
  if (!signedIn) return body
  return (
    <Allowed permission={screen.permission}>
      {screen.section ? <SectionFrame place={screen.section.place}>{body}</SectionFrame> : body}
    </Allowed>
  )
}

function Allowed({ permission, children }: { permission: string | undefined; children: ReactNode }) {
  const can = useCan()
  return can(permission) ? children : <ForbiddenScreen />
}

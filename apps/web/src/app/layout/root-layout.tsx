import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { ToastRegion } from '#ui/toast-region.tsx'
import { useTheme } from '../theme.ts'

/** What every page has: a place for toasts, and nothing on screen until its texts are there. */
export function RootLayout() {
  const { shown } = useTheme()
  return (
    <>
      <Suspense>
        <Outlet />
      </Suspense>
      <ToastRegion theme={shown} />
    </>
  )
}

import { Suspense, lazy, useSyncExternalStore } from 'react'
import { toastDemand } from './toast.ts'

const Toaster = lazy(() => import('./toaster.tsx').then((module) => ({ default: module.Toaster })))

/** Where toasts appear; once, in the app. Empty until the first toast. */
export function ToastRegion({ theme }: { theme: 'light' | 'dark' }) {
  const isWanted = useSyncExternalStore(toastDemand.subscribe, toastDemand.isWanted)
  return <Suspense>{isWanted && <Toaster theme={theme} />}</Suspense>
}

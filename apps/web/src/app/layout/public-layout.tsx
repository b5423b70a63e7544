import { Outlet } from '@tanstack/react-router'
import { Suspense, lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '#ui/logo.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import { useOperation } from '../query.ts'
import { shellOperations } from '../shell-operations.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

const Brand = lazy(() => import('./public-brand.tsx').then((module) => ({ default: module.PublicBrand })))

/** The frame of pages for people who are not signed in: what Siar is on the left (when there is room), the task on the right. */
export function PublicLayout() {
  const { t } = useTranslation('app')
  const { data } = useOperation(shellOperations.getSetUp, {}, { staleMs: 60_000 })
  const name = data?.productName ?? 'Siar'
  return (
    <div className="grid min-h-dvh bg-canvas lg:grid-cols-[minmax(0,9fr)_minmax(0,11fr)]">
      <aside className="relative overflow-hidden border-r border-line bg-sunken max-lg:hidden">
        <Suspense>
          <Brand name={name} />
        </Suspense>
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col">
        <header className="flex items-center justify-between gap-4 px-5 py-4 sm:px-8">
          <span className="lg:invisible">
            <Logo name={name} />
          </span>
          <span className="flex items-center gap-1">
            <LanguageSwitch />
            <ThemeSwitch />
          </span>
        </header>
        <main className="flex flex-1 items-start justify-center px-5 pt-[5vh] pb-12 sm:items-center sm:px-8 sm:pt-2 sm:pb-20">
          <div className="w-full max-w-100">
            <Suspense fallback={<WaitingTask />}>
              <Outlet />
            </Suspense>
          </div>
        </main>
        <footer className="px-5 pb-6 text-center text-xs text-subtle sm:px-8 lg:hidden">
          {t('public.sentence', { product: name })}
        </footer>
      </div>
    </div>
  )
}

function WaitingTask() {
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <Skeleton className="h-7 w-40" />
      <SkeletonText lines={4} />
    </div>
  )
}

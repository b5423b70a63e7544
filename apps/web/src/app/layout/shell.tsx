import { lazy, Suspense, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DemoMark } from './demo-mark.tsx'
import { PhoneBar, PhoneTop } from './phone-bars.tsx'
import { Sidebar } from './sidebar.tsx'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))

/** Sidebar on a desktop, bars at top and bottom on a phone, and the command palette behind Ctrl-K. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app')
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [paletteWanted, setPaletteWanted] = useState(false)
  const openPalette = () => {
    setPaletteWanted(true)
    setPaletteOpen(true)
  }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      openPalette()
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-lg bg-inverse px-3 py-2 font-semibold text-on-inverse focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <Sidebar onSearch={openPalette} />
      <PhoneTop onSearch={openPalette} />
      <DemoMark />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl px-4 pt-5 pb-28 outline-none sm:px-8 sm:pt-8 lg:pb-16"
      >
        {children}
      </main>
      <PhoneBar />
      {paletteWanted && (
        <Suspense>
          <Palette open={paletteOpen} onOpenChange={setPaletteOpen} />
        </Suspense>
      )}
    </div>
  )
}

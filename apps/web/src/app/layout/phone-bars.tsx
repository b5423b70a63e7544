import { Link } from '@tanstack/react-router'
import { Menu, Search, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '#ui/icon-button.tsx'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { LogoMark } from '#ui/logo.tsx'
import type { PlaceId } from '../feature.ts'
import { useLiveState } from '../live.ts'
import { useNav } from './nav.ts'
import { NavLink } from './sidebar.tsx'
import { UserMenu } from './user-menu.tsx'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

/** On a phone: where one is, search and the person. */
export function PhoneTop({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('app')
  const live = useLiveState()
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-canvas px-3 lg:hidden">
      <Link
        to="/"
        aria-label={t('home')}
        className="flex size-9 shrink-0 items-center justify-center text-accent"
      >
        <LogoMark sizePx={24} />
      </Link>
      <WorkspaceSwitcher />
      {live === 'reconnecting' && <LiveIndicator state={live} compact />}
      <IconButton label={t('search')} icon={<Search aria-hidden />} onClick={onSearch} tooltip={false} />
      <UserMenu compact />
    </header>
  )
}

const dailyPlaces = ['dashboard', 'contacts', 'templates', 'campaigns'] as const

function isDaily(id: PlaceId): id is (typeof dailyPlaces)[number] {
  return dailyPlaces.some((place) => place === id)
}

/** On a phone: the four places of daily work and a drawer with all of them. */
export function PhoneBar() {
  const { t } = useTranslation('app')
  const [open, setOpen] = useState(false)
  const nav = useNav()
  const daily = nav.flatMap((place) => (isDaily(place.id) ? [{ ...place, id: place.id }] : []))
  return (
    <nav
      aria-label={t('mainNav')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {daily.map((place) => (
        <Link
          key={place.id}
          to={place.to}
          activeOptions={{ exact: place.to === '/', includeSearch: false }}
          className="flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-muted data-[status=active]:text-accent-ink"
        >
          <place.icon className="size-5" strokeWidth={1.9} aria-hidden />
          <span className="max-w-full truncate px-1 text-[0.6875rem] leading-none font-medium">
            {t(`short.${place.id}`)}
          </span>
        </Link>
      ))}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger className="flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-muted">
          <Menu className="size-5" strokeWidth={1.9} aria-hidden />
          <span className="text-[0.6875rem] leading-none font-medium">{t('more')}</span>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] animate-slide-up overflow-y-auto rounded-t-xl border-t border-line bg-raised p-3 pb-6 outline-none"
          >
            <div className="mb-2 flex items-center justify-between pl-2.5">
              <Dialog.Title className="text-base font-semibold">{t('mainNav')}</Dialog.Title>
              <Dialog.Close asChild>
                <IconButton label={t('closeNav')} icon={<X aria-hidden />} tooltip={false} />
              </Dialog.Close>
            </div>
            <div className="flex flex-col gap-0.5">
              {nav.map((place) => (
                <NavLink key={place.id} place={place} onGo={() => setOpen(false)} />
              ))}
            </div>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  )
}

import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { LogoMark } from '#ui/logo.tsx'
import type { ShownPlace } from '../features.ts'
import { useLiveState } from '../live.ts'
import { useLabels } from '../text-key.ts'
import { useNav } from './nav.ts'
import { UserMenu } from './user-menu.tsx'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

/** The main navigation on a desktop. */
export function Sidebar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation('app')
  const live = useLiveState()
  const nav = useNav()
  return (
    <aside className="fixed inset-y-0 left-0 z-30 hidden w-60 flex-col border-r border-line bg-sunken lg:flex">
      <div className="flex items-center gap-1.5 px-3 pt-4 pb-3">
        <Link
          to="/"
          aria-label={t('home')}
          className="flex size-9 shrink-0 items-center justify-center rounded-lg text-accent"
        >
          <LogoMark sizePx={24} />
        </Link>
        <WorkspaceSwitcher />
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={onSearch}
          className="flex h-9 w-full items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5 text-sm text-subtle transition-colors hover:border-control hover:text-muted"
        >
          <Search className="size-4" aria-hidden />
          <span className="min-w-0 flex-1 truncate text-left">{t('search')}</span>
          <kbd className="shrink-0 rounded-xs border border-line px-1.5 font-sans text-xs text-subtle">
            {t('searchKeys')}
          </kbd>
        </button>
      </div>
      <nav aria-label={t('mainNav')} className="flex flex-1 flex-col gap-0.5 overflow-y-auto px-3 py-2">
        {nav
          .filter((place) => place.group === 'work')
          .map((place) => (
            <NavLink key={place.id} place={place} />
          ))}
        <span className="my-2 h-px shrink-0 bg-line" aria-hidden />
        {nav
          .filter((place) => place.group === 'house')
          .map((place) => (
            <NavLink key={place.id} place={place} />
          ))}
      </nav>
      <div className="flex flex-col gap-2 border-t border-line px-3 py-3">
        <div className="px-2.5">
          <LiveIndicator state={live} />
        </div>
        <UserMenu />
      </div>
    </aside>
  )
}

/** One place of the navigation; current when the page is it or inside it. */
export function NavLink({ place, onGo }: { place: ShownPlace; onGo?: () => void }) {
  const label = useLabels([place])
  return (
    <Link
      to={place.to}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      {...(onGo ? { onClick: onGo } : {})}
      className="group flex h-9 shrink-0 items-center gap-2.5 rounded-lg px-2.5 text-sm font-medium text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-semibold data-[status=active]:text-accent-ink"
    >
      <place.icon className="size-4.5 shrink-0" strokeWidth={1.9} aria-hidden />
      <span className="truncate">{label(place.label)}</span>
    </Link>
  )
}

import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabels } from '../text-key.ts'
import type { PlaceId } from '../feature.ts'
import { sectionsOf } from '../features.ts'
import type { Section } from '../features.ts'
import { useCan } from '../viewer.ts'

/** Puts the sections of a place beside (Settings, Admin) or above its screens. One section alone needs no list. */
export function SectionFrame({ place, children }: { place: PlaceId; children: ReactNode }) {
  const can = useCan()
  const sections = sectionsOf(place).filter((section) => can(section.permission))
  if (sections.length < 2) return children
  const beside = place === 'settings' || place === 'admin'
  if (!beside) {
    return (
      <div className="flex min-w-0 flex-col gap-6">
        <SectionBar place={place} sections={sections} />
        {children}
      </div>
    )
  }
  return (
    <div className="flex min-w-0 flex-col gap-6 lg:flex-row lg:gap-10">
      <SectionList place={place} sections={sections} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

type SectionsProps = { place: PlaceId; sections: readonly Section[] }

function SectionBar({ place, sections }: SectionsProps) {
  const { t } = useTranslation('app')
  const label = useLabels(sections)
  const list = useCurrentInView<HTMLElement>()
  return (
    <nav
      ref={list}
      aria-label={t(`nav.${place}`)}
      className="flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
    >
      {sections.map((section) => (
        <Link
          key={section.to}
          to={section.to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px flex h-10 items-center border-b-2 border-transparent px-1 text-sm font-medium whitespace-nowrap text-muted transition-colors hover:text-ink data-[status=active]:border-accent data-[status=active]:text-ink"
        >
          {label(section.label)}
        </Link>
      ))}
    </nav>
  )
}

function SectionList({ place, sections }: SectionsProps) {
  const { t } = useTranslation('app')
  const label = useLabels(sections)
  const list = useCurrentInView<HTMLUListElement>()
  return (
    <nav aria-label={t(`nav.${place}`)} className="lg:w-52 lg:shrink-0">
      <p className="mb-2 px-3 text-xs font-semibold text-subtle max-lg:hidden">{t(`nav.${place}`)}</p>
      <ul
        ref={list}
        className="flex gap-1 overflow-x-auto [scrollbar-width:none] max-lg:-mx-4 max-lg:px-4 lg:sticky lg:top-8 lg:flex-col"
      >
        {sections.map((section) => (
          <li key={section.to}>
            <Link
              to={section.to}
              activeOptions={{ exact: true, includeSearch: false }}
              className="flex h-9 items-center gap-2.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent-ink [&_svg]:size-4"
            >
              {section.icon && <section.icon aria-hidden />}
              {label(section.label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a phone the sections are one sideways row; the current one may not stay hidden at its end. */
function useCurrentInView<E extends HTMLElement>() {
  const list = useRef<E>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const current = list.current?.querySelector('[data-status=active]')
    current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [pathname])
  return list
}

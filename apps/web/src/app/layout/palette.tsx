import { useNavigate } from '@tanstack/react-router'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CommandPalette } from '#ui/command-palette.tsx'
import type { PaletteItem } from '#ui/command-palette.tsx'
import { features, sectionsOf } from '../features.ts'
import { useLabels } from '../text-key.ts'
import { chooseTheme } from '../theme.ts'
import { useCan } from '../viewer.ts'
import { useNav } from './nav.ts'

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Every place, section and command this person may use, behind Ctrl-K. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const nav = useNav()
  const can = useCan()
  const navigate = useNavigate()
  const commands = features.flatMap((feature) => feature.commands ?? []).filter((one) => can(one.permission))
  const sections = nav.flatMap((place) => sectionsOf(place.id).map((section) => ({ ...section, place })))
  const { t } = useTranslation('app')
  const label = useLabels([...nav, ...commands, ...sections])
  const go = (to: string) => () => void navigate({ href: to })
  const places: PaletteItem[] = [
    ...nav.map((place) => ({
      id: place.id,
      label: label(place.label),
      icon: <place.icon aria-hidden />,
      onSelect: go(place.to),
    })),
    ...sections
      .filter((section) => section.to !== section.place.to && can(section.permission))
      .map((section) => ({
        id: section.to,
        label: label(section.label),
        hint: label(section.place.label),
        icon: section.icon ? <section.icon aria-hidden /> : <section.place.icon aria-hidden />,
        onSelect: go(section.to),
      })),
  ]
  const actions: PaletteItem[] = [
    ...commands.map((one) => ({
      id: one.id,
      label: label(one.label),
      icon: <one.icon aria-hidden />,
      onSelect: go(one.to),
    })),
    {
      id: 'theme.light',
      label: t('palette.light'),
      icon: <Sun aria-hidden />,
      onSelect: () => chooseTheme('light'),
    },
    {
      id: 'theme.dark',
      label: t('palette.dark'),
      icon: <Moon aria-hidden />,
      onSelect: () => chooseTheme('dark'),
    },
    {
      id: 'theme.system',
      label: t('palette.system'),
      icon: <Monitor aria-hidden />,
      onSelect: () => chooseTheme('system'),
    },
  ]
  return <CommandPalette open={open} onOpenChange={onOpenChange} places={places} actions={actions} />
}

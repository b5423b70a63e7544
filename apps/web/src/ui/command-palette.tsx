import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type PaletteItem = { id: string; label: string; hint?: string; icon?: ReactNode; onSelect: () => void }
export type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  places: readonly PaletteItem[]
  actions: readonly PaletteItem[]
}

/** Everywhere one can go and everything one can start, by typing a few letters. */
export function CommandPalette({ open, onOpenChange, places, actions }: CommandPaletteProps) {
  const { t } = useTranslation('ui')
  const [query, setQuery] = useState('')
  const close = (next: boolean) => {
    setQuery('')
    onOpenChange(next)
  }
  const groups = [
    { id: 'actions', heading: t('palette.actions'), items: actions },
    { id: 'places', heading: t('palette.places'), items: places },
  ]
  return (
    <Dialog.Root open={open} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl animate-pop overflow-hidden rounded-xl border border-line bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.label')}</Dialog.Title>
          <Command label={t('palette.label')} loop>
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search className="size-4.5 shrink-0 text-subtle" aria-hidden />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder={t('palette.placeholder')}
                className="h-13 w-full bg-transparent text-base outline-none"
              />
            </div>
            <Command.List className="max-h-[min(55vh,26rem)] overflow-y-auto p-2">
              <Command.Empty className="py-10 text-center text-sm text-subtle">
                {t('palette.empty', { query })}
              </Command.Empty>
              {groups.map((group) => (
                <Command.Group
                  key={group.id}
                  heading={group.heading}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
                >
                  {group.items.map((item) => (
                    <Command.Item
                      key={item.id}
                      value={`${item.label} ${item.hint ?? ''} ${item.id}`}
                      onSelect={() => {
                        close(false)
                        item.onSelect()
                      }}
                      className="flex h-10 cursor-default items-center gap-3 rounded-md px-2.5 text-sm select-none data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink [&_svg]:size-4 [&_svg]:text-subtle data-[selected=true]:[&_svg]:text-accent-ink"
                    >
                      {item.icon}
                      <span className="flex-1 truncate">{item.label}</span>
                      {item.hint && <span className="text-xs text-subtle">{item.hint}</span>}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

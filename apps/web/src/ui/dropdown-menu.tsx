import { Check, Ellipsis } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { IconButton } from './icon-button.tsx'

export type MenuItem = {
  id: string
  label: ReactNode
  icon?: ReactNode
  hint?: ReactNode
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  /** A tick: this is the current choice. */
  checked?: boolean
  /** Stays open after a choice, for several ticks in a row. */
  keepOpen?: boolean
}
export type MenuGroup = { label?: ReactNode; items: readonly MenuItem[] }

export type DropdownMenuProps = {
  /** The button that opens it; three dots when left out. */
  trigger?: ReactNode
  groups: readonly MenuGroup[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'right'
  /** Not part of the list, shown at its top. */
  header?: ReactNode
  className?: string | undefined
}

/** Actions behind a button, in groups divided by lines. */
export function DropdownMenu({
  trigger,
  groups,
  align = 'end',
  side = 'bottom',
  header,
  className,
}: DropdownMenuProps) {
  const { t } = useTranslation('ui')
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>
        {trigger ?? (
          <IconButton label={t('actions.more')} icon={<Ellipsis aria-hidden />} size="sm" tooltip={false} />
        )}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-pop overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float',
            className,
          )}
        >
          {header && <div className="px-2.5 py-2">{header}</div>}
          {groups.map((group, index) => (
            <Fragment key={index}>
              {(index > 0 || header) && <Radix.Separator className="mx-1 my-1 h-px bg-line" />}
              {group.label && (
                <Radix.Label className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-subtle">
                  {group.label}
                </Radix.Label>
              )}
              {group.items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </Fragment>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  return (
    <Radix.Item
      disabled={item.disabled ?? false}
      onSelect={(event) => {
        if (item.keepOpen) event.preventDefault()
        item.onSelect()
      }}
      {...(item.checked === undefined
        ? {}
        : { role: item.keepOpen ? 'menuitemcheckbox' : 'menuitemradio', 'aria-checked': item.checked })}
      className={cn(
        'flex min-h-8 cursor-default items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0',
        item.danger ? 'text-danger-ink data-highlighted:bg-danger-soft' : 'text-ink [&_svg]:text-subtle',
      )}
    >
      {item.icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.hint && <span className="block truncate text-xs text-subtle">{item.hint}</span>}
      </span>
      {item.checked && <Check className="text-accent-ink!" aria-hidden />}
    </Radix.Item>
  )
}

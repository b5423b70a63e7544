import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useUrlState } from './url-state.ts'

export type TabItem = { id: string; label: ReactNode; count?: number | undefined; content: ReactNode }
export type TabsProps = {
  items: readonly [TabItem, ...TabItem[]]
  /** Name in the URL's search; the first tab is not written. */
  param?: string
  label: string
}

const tabStyle =
  'relative -mb-px inline-flex h-10 items-center gap-2 border-b-2 border-transparent px-1 text-sm font-medium whitespace-nowrap text-muted transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink'

/** Parts of one page; the chosen one lives in the URL, so it can be linked to and survives a reload. */
export function Tabs({ items, param = 'tab', label }: TabsProps) {
  const [state, setState] = useUrlState({ [param]: items[0].id })
  const known = items.some((item) => item.id === state[param])
  return (
    <Radix.Root
      value={known ? (state[param] ?? items[0].id) : items[0].id}
      onValueChange={(next) => setState({ [param]: next })}
      className="flex min-w-0 flex-col gap-5"
    >
      <Radix.List
        aria-label={label}
        className="flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {items.map((item) => (
          <Radix.Trigger key={item.id} value={item.id} className={tabStyle}>
            {item.label}
            {item.count !== undefined && (
              <span className="rounded-full bg-sunken px-1.5 text-xs font-medium text-muted tabular-nums">
                {item.count}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {items.map((item) => (
        <Radix.Content key={item.id} value={item.id} className="min-w-0 outline-offset-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}

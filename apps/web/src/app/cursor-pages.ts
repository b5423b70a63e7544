import { useState } from 'react'
import { useUrlState } from '#ui/url-state.ts'

export type CursorPages = {
  /** Pass as `query.cursor`; undefined on the first page. */
  cursor: string | undefined
  /** Props of CursorPager. */
  pager: (
    page: { count: number; nextCursor: string | null } | undefined,
    limit: number,
  ) => {
    from: number
    count: number
    onPrevious: (() => void) | null
    onNext: (() => void) | null
  }
  /** Back to the first page; call when a filter changes. */
  reset: () => void
}

/** The pages of a list whose server gives cursors. The cursor is in the URL; the way back is remembered in this tab. */
export function useCursorPages(): CursorPages {
  const [{ cursor, page }, setUrl] = useUrlState({ cursor: '', page: '1' })
  const [trail, setTrail] = useState<string[]>([])
  const number = Math.max(1, Number(page) || 1)
  const go = (next: string, nextPage: number) => setUrl({ cursor: next, page: String(nextPage) })
  return {
    cursor: cursor || undefined,
    reset: () => go('', 1),
    pager: (current, limit) => {
      const nextCursor = current?.nextCursor ?? null
      return {
        from: (number - 1) * limit + 1,
        count: current?.count ?? 0,
        onPrevious: number > 1 ? () => back(trail, setTrail, go, number) : null,
        onNext:
          nextCursor === null
            ? null
            : () => {
                setTrail([...trail, cursor])
                go(nextCursor, number + 1)
              },
      }
    },
  }
}

function back(
  trail: string[],
  setTrail: (trail: string[]) => void,
  go: (cursor: string, page: number) => void,
  page: number,
) {
  const previous = trail.at(-1)
  setTrail(trail.slice(0, -1))
  if (previous === undefined) return go('', 1)
  go(previous, page - 1)
}

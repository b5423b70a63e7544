import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { cn } from './cn.ts'

type Side = 'top' | 'right' | 'bottom'
type Place = { left: number; top: number; side: Side }

export type TooltipProps = { text: ReactNode; children: ReactNode; side?: Side }

const openDelayMs = 350
const gapPx = 6

/**
 * A short hint on hover and focus; Escape closes it. Never the only place of something one must know.
 * Our own, and small: every icon button has one, so it is in the first load of every page.
 */
export function Tooltip({ text, children, side = 'top' }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const id = useId()
  const close = () => {
    if (timer.current) clearTimeout(timer.current)
    setPlace(null)
  }
  const open = (delayMs: number) => {
    close()
    timer.current = setTimeout(() => setPlace(placeOf(anchor.current?.firstElementChild, side)), delayMs)
  }
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  useDescription(anchor.current?.firstElementChild, place ? id : null)
  return (
    <>
      <span
        ref={anchor}
        className="contents"
        onPointerEnter={(event) => event.pointerType === 'mouse' && open(openDelayMs)}
        onPointerLeave={close}
        onPointerDown={close}
        onFocus={(event) => event.target.matches(':focus-visible') && open(0)}
        onBlur={close}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        {children}
      </span>
      {place && createPortal(<Hint id={id} place={place} text={text} />, document.body)}
    </>
  )
}

function Hint({ id, place, text }: { id: string; place: Place; text: ReactNode }) {
  return (
    <div
      id={id}
      role="tooltip"
      style={{ left: place.left, top: place.top }}
      className={cn(
        'pointer-events-none fixed z-60 w-max max-w-72 animate-fade rounded-sm bg-inverse px-2.5 py-1.5 text-xs font-medium text-on-inverse',
        place.side === 'top' && '-translate-x-1/2 -translate-y-full',
        place.side === 'bottom' && '-translate-x-1/2',
        place.side === 'right' && '-translate-y-1/2',
      )}
    >
      {text}
    </div>
  )
}

/** Beside the anchor, on the other side when there is no room, and inside the window. */
function placeOf(element: Element | null | undefined, wanted: Side): Place | null {
  if (!element) return null
  const box = element.getBoundingClientRect()
  const middle = Math.min(Math.max(box.left + box.width / 2, 60), globalThis.innerWidth - 60)
  if (wanted === 'right') return { left: box.right + gapPx, top: box.top + box.height / 2, side: 'right' }
  const side = wanted === 'top' && box.top < 44 ? 'bottom' : wanted
  return { left: middle, top: side === 'top' ? box.top - gapPx : box.bottom + gapPx, side }
}

/** Reads the hint aloud with its element, unless the element already says the same as its name. */
function useDescription(element: Element | null | undefined, id: string | null): void {
  useEffect(() => {
    if (!element || !id || element.hasAttribute('aria-label')) return
    element.setAttribute('aria-describedby', id)
    return () => element.removeAttribute('aria-describedby')
  }, [element, id])
}

import { TAG_COLOURS } from '@siar/contract'
import { cn } from '#ui/cn.ts'

export type TagColour = (typeof TAG_COLOURS)[number]

/** Colour of a tag's dot. The eight names are the contract's; the tints are those of the palette. */
const dots: Record<TagColour, string> = {
  stone: 'bg-queued-fill',
  teal: 'bg-delivered-fill',
  sky: 'bg-sent-fill',
  indigo: 'bg-read-fill',
  emerald: 'bg-replied-fill',
  amber: 'bg-unknown-fill',
  rose: 'bg-failed-fill',
  violet: 'bg-[#8b5cf6]',
}

/** The dot that tells tags apart at a glance; decoration beside the name. */
export function TagDot({ colour, className }: { colour: string; className?: string }) {
  const known = TAG_COLOURS.find((name) => name === colour) ?? 'stone'
  return <span aria-hidden className={cn('size-2 shrink-0 rounded-full', dots[known], className)} />
}

/** A tag as it stands beside a contact. */
export function TagChip({ name, colour }: { name: string; colour: string }) {
  return (
    <span className="inline-flex h-5.5 max-w-32 items-center gap-1.5 rounded-full border border-line-strong px-2 text-xs font-medium text-muted">
      <TagDot colour={colour} />
      <span className="truncate">{name}</span>
    </span>
  )
}

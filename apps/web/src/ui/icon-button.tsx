import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  /** Says what the button does; read aloud and shown on hover. */
  label: string
  icon?: ReactNode
  size?: 'sm' | 'md'
  tone?: 'ghost' | 'outline'
  /** Renders the child (a Link holding the icon). */
  asChild?: boolean
  children?: ReactNode
  tooltip?: boolean
}

/** A square button that shows only an icon. */
export function IconButton({
  label,
  icon,
  size = 'md',
  tone = 'ghost',
  asChild,
  children,
  tooltip = true,
  className,
  ...rest
}: IconButtonProps) {
  const style = cn(
    'inline-flex shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4',
    size === 'sm' ? 'size-8' : 'size-9',
    tone === 'outline' && 'border border-line-strong bg-surface',
    className,
  )
  const Element = asChild ? Slot.Root : 'button'
  const button = (
    <Element {...(asChild ? {} : { type: 'button' as const })} aria-label={label} className={style} {...rest}>
      {asChild ? children : icon}
    </Element>
  )
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button
}

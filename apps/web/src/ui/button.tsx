import { cva } from 'class-variance-authority'
import type { VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'

export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-semibold whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line-strong bg-raised text-ink hover:bg-hover',
        ghost: 'text-muted hover:bg-hover hover:text-ink',
        danger: 'bg-danger text-on-danger hover:bg-danger-hover',
        'danger-quiet': 'border border-line-strong bg-raised text-danger-ink hover:bg-danger-soft',
        link: 'h-auto! px-0! text-accent-ink underline-offset-4 hover:underline',
      },
      size: { sm: 'h-8 px-3 text-xs', md: 'h-9 px-3.5 text-sm', lg: 'h-11 px-5 text-sm' },
    },
    defaultVariants: { tone: 'secondary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonStyle> & {
    /** Renders the child (a Link) with the looks of a button. */
    asChild?: boolean
    icon?: ReactNode
    /** Shows a turning mark and takes no clicks; the label stays. */
    busy?: boolean
  }

/** A button; one `primary` per page. Type is `button` unless said otherwise. */
export function Button({
  tone,
  size,
  asChild,
  icon,
  busy,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const style = cn(buttonStyle({ tone, size }), className)
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button
      type="button"
      className={style}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <LoaderCircle className="animate-turn" aria-hidden /> : icon}
      {children}
    </button>
  )
}

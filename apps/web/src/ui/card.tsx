import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.ts'

export type CardProps = Omit<ComponentProps<'section'>, 'title'> & {
  title?: ReactNode
  text?: ReactNode
  /** At the right of the title. */
  aside?: ReactNode
  /** `none` for content that brings its own (tables). */
  padding?: 'md' | 'none'
}

/** A bordered surface with an optional heading row. */
export function Card({ title, text, aside, padding = 'md', className, children, ...rest }: CardProps) {
  return (
    <section className={cn('min-w-0 rounded-lg border border-line bg-surface', className)} {...rest}>
      {(title || aside) && (
        <header
          className={cn(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4',
            padding === 'none' && 'pb-3',
          )}
        >
          <div className="min-w-0">
            {title && <h2 className="text-sm font-semibold">{title}</h2>}
            {text && <p className="mt-0.5 text-xs text-subtle">{text}</p>}
          </div>
          {aside && <div className="flex items-center gap-2">{aside}</div>}
        </header>
      )}
      <div className={padding === 'md' ? cn('px-5 pb-5', title || aside ? 'pt-4' : 'pt-5') : undefined}>
        {children}
      </div>
    </section>
  )
}

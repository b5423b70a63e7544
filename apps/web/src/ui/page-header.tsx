import type { ReactNode } from 'react'

/** The name after the page's own in the browser's tab. */
const documentName = 'Siar'

export type PageHeaderProps = {
  title: ReactNode
  /** One line that says what this place is for. */
  text?: ReactNode
  /** The one primary action. */
  action?: ReactNode
  /** Quieter actions, before the primary one. */
  secondary?: ReactNode
  /** Above the title: a link back. */
  back?: ReactNode
  /** Beside the title: a badge, a live mark. */
  aside?: ReactNode
}

/** Title, purpose and the one primary action of a page. */
export function PageHeader({ title, text, action, secondary, back, aside }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      {typeof title === 'string' && <title>{`${title} · ${documentName}`}</title>}
      <div className="min-w-0">
        {back && <div className="mb-2 text-sm text-muted">{back}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-bold text-ink max-sm:text-lg">{title}</h1>
          {aside}
        </div>
        {text && <p className="mt-1 max-w-2xl text-sm text-pretty text-muted">{text}</p>}
      </div>
      {(action || secondary) && (
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:*:flex-1">
          {secondary}
          {action}
        </div>
      )}
    </header>
  )
}

/** The vertical rhythm of a page: header, then content. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="flex min-w-0 flex-col gap-6">{children}</div>
}

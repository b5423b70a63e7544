/** The mark: a broadcast leaving a dot. Takes the colour of the text around it. */
export function LogoMark({ sizePx = 28, className }: { sizePx?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={sizePx}
      height={sizePx}
      fill="none"
      stroke="currentColor"
      strokeWidth="2.9"
      strokeLinecap="round"
      aria-hidden="true"
      className={className}
    >
      <circle cx="7.2" cy="24.8" r="3.2" fill="currentColor" stroke="none" />
      <path d="M7.2 16.2a8.6 8.6 0 0 1 8.6 8.6" />
      <path d="M7.2 9.6a15.2 15.2 0 0 1 15.2 15.2" opacity=".66" />
      <path d="M7.2 3a21.8 21.8 0 0 1 21.8 21.8" opacity=".34" />
    </svg>
  )
}

/** Mark and name, for the sidebar and public pages. The name may be another's (white label). */
export function Logo({ name = 'Siar', sizePx = 24 }: { name?: string; sizePx?: number }) {
  return (
    <span className="inline-flex items-center gap-2">
      <LogoMark sizePx={sizePx} className="text-accent" />
      <span className="text-base font-bold tracking-tight text-ink">{name}</span>
    </span>
  )
}

import type { ReactNode } from 'react'

/** Numbered steps a person follows on another screen. */
export function Steps({ steps }: { steps: readonly ReactNode[] }) {
  return (
    <ol className="flex flex-col gap-4">
      {steps.map((step, index) => (
        <li key={index} className="flex gap-3">
          <span
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink"
            aria-hidden
          >
            {index + 1}
          </span>
          <span className="min-w-0 pt-0.5 text-pretty text-muted">{step}</span>
        </li>
      ))}
    </ol>
  )
}

import type { ReactNode } from 'react'

export type Fact = { label: ReactNode; value: ReactNode }

/** Names and values of one thing, for sheets and review pages. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map((fact, index) => (
        <div
          key={index}
          className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2.5 first:pt-0 last:pb-0"
        >
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0 text-right font-medium break-words max-sm:w-full max-sm:text-left">
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

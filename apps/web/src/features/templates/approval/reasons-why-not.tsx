import { TriangleAlert } from 'lucide-react'

/** Everything that stands against something, each on a line of its own. */
export function ReasonsWhyNot({ reasons }: { reasons: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-2 rounded-lg bg-warn-soft px-4 py-3">
      {reasons.map((reason) => (
        <li key={reason} className="flex items-start gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn-ink" aria-hidden />
          <span className="min-w-0">{reason}</span>
        </li>
      ))}
    </ul>
  )
}

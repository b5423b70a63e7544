import type { Forecast } from '@siar/contract'
import { useFormat } from '#i18n/format.ts'

/** The next starts, each with its day of the week, on the reader's clock. */
export function StartTimes({ starts }: { starts: Forecast['nextStarts'] }) {
  const format = useFormat()
  const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'long', timeZone: format.timeZone })
  return (
    <ol className="flex flex-col gap-1 text-sm tabular-nums">
      {starts.map((at) => (
        <li key={at} className="flex flex-wrap gap-x-2">
          <span className="w-20 text-muted">{weekday.format(new Date(at))}</span>
          <time dateTime={at}>{format.dateTime(at)}</time>
        </li>
      ))}
    </ol>
  )
}

import { lazy } from 'react'

/** Bars, stacked or side by side, or lines over categories or days. Recharts arrives only when one is on the screen. */
export const SeriesChart = lazy(() =>
  import('./series-chart.tsx').then((module) => ({ default: module.SeriesChart })),
)

export type { Series, SeriesChartProps } from './series-chart.tsx'

import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useFormat } from '#i18n/format.ts'

export type Series = {
  key: string
  label: string
  /** A CSS colour; for statuses `statusStyle[status].variable`. */
  color: string
}

export type SeriesChartProps = {
  kind: 'bar' | 'stacked' | 'line' | 'area'
  /** One object per category: the name under `category`, a number under each series' key. */
  data: readonly Record<string, string | number>[]
  category: string
  series: readonly Series[]
  /** Writes a value of the axis and the tooltip; the person's number format when left out. */
  formatValue?: (value: number) => string
}

const tick = { fill: 'var(--subtle)', fontSize: 12 }

/** Series over a category axis. Lazy: import it through `charts.tsx`. */
export function SeriesChart(props: SeriesChartProps) {
  const { kind, data, category, series, formatValue } = props
  const format = useFormat()
  const Chart = kind === 'line' ? LineChart : kind === 'area' ? AreaChart : BarChart
  const write = formatValue ?? format.number
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Chart
        data={[...data]}
        margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
        barCategoryGap="28%"
        accessibilityLayer
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey={category}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          minTickGap={16}
          tickMargin={8}
        />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
          tickFormatter={(value: number) => (formatValue ? write(value) : format.compact(value))}
          allowDecimals={false}
        />
        <Tooltip
          cursor={{ fill: 'var(--hover)', stroke: 'var(--line-strong)' }}
          formatter={(value) => write(Number(value))}
          contentStyle={{
            background: 'var(--raised)',
            border: '1px solid var(--line)',
            borderRadius: 8,
            boxShadow: 'var(--float)',
            fontSize: 12,
            padding: '8px 12px',
          }}
          labelStyle={{ color: 'var(--ink)', fontWeight: 600, marginBottom: 4 }}
          itemStyle={{ color: 'var(--ink)', padding: 0 }}
          isAnimationActive={false}
        />
        {series.length > 1 && (
          <Legend
            itemSorter={null}
            iconType="circle"
            iconSize={8}
            align="left"
            wrapperStyle={{ fontSize: 12, paddingTop: 12 }}
            formatter={(label: string) => (
              <span style={{ color: 'var(--muted)', marginRight: 8 }}>{label}</span>
            )}
          />
        )}
        {series.map((one, index) => drawSeries(one, kind, index === series.length - 1))}
      </Chart>
    </ResponsiveContainer>
  )
}

function drawSeries({ key, label, color }: Series, kind: SeriesChartProps['kind'], isTop: boolean) {
  const shared = { dataKey: key, name: label, isAnimationActive: false }
  switch (kind) {
    case 'line':
      return (
        <Line
          key={key}
          {...shared}
          type="monotone"
          stroke={color}
          strokeWidth={2}
          dot={false}
          activeDot={{ r: 4 }}
        />
      )
    case 'area':
      return (
        <Area
          key={key}
          {...shared}
          type="monotone"
          stroke={color}
          strokeWidth={2}
          fill={color}
          fillOpacity={0.14}
        />
      )
    case 'bar':
      return <Bar key={key} {...shared} fill={color} radius={[3, 3, 0, 0]} maxBarSize={36} />
    case 'stacked':
      return (
        <Bar
          key={key}
          {...shared}
          fill={color}
          stackId="all"
          radius={isTop ? [3, 3, 0, 0] : 0}
          maxBarSize={36}
        />
      )
  }
}

import { ChartCard } from '#ui/chart-card.tsx'
import { SeriesChart } from '#ui/charts.tsx'
import { statusStyle } from '#ui/status.ts'
import { Block } from './block.tsx'

const days = ['Sen', 'Sel', 'Rab', 'Kam', 'Jum', 'Sab', 'Min']
const data = days.map((day, index) => ({
  day,
  sent: 400 + index * 90,
  read: 260 + index * 70,
  replied: 30 + index * 12,
}))
const series = (['sent', 'read', 'replied'] as const).map((key) => ({
  key,
  label: key,
  color: statusStyle[key].variable,
}))

export function ChartsSection() {
  const table = {
    head: ['Hari', 'Terkirim', 'Dibaca', 'Dibalas'],
    rows: data.map((row) => [row.day, row.sent, row.read, row.replied]),
  }
  return (
    <Block title="Charts">
      <div className="grid gap-5 md:grid-cols-2">
        <ChartCard title="Kapan orang membaca?" text="Pesan per hari, WIB" table={table}>
          <SeriesChart kind="stacked" data={data} category="day" series={series} />
        </ChartCard>
        <ChartCard title="Apakah balasan naik?" text="Balasan per hari" table={table}>
          <SeriesChart kind="area" data={data} category="day" series={series.slice(2)} />
        </ChartCard>
        <ChartCard title="Memuat" table={undefined}>
          <span />
        </ChartCard>
        <ChartCard title="Kosong" table={{ head: [], rows: [] }}>
          <span />
        </ChartCard>
      </div>
    </Block>
  )
}

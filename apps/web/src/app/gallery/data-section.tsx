import { Upload, Users } from 'lucide-react'
import { useState } from 'react'
import { campaignStatuses, senderStatuses } from '@siar/domain'
import { Avatar } from '#ui/avatar.tsx'
import { Badge } from '#ui/badge.tsx'
import type { BadgeTone } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Facts } from '#ui/facts.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Pagination } from '#ui/pagination.tsx'
import { ProgressBar, StatusBar } from '#ui/progress-bar.tsx'
import { CampaignBadge, SenderBadge } from '#ui/state-badge.tsx'
import { Stat, StatRow } from '#ui/stat.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { statuses } from '#ui/status.ts'
import type { Status } from '#ui/status.ts'
import { Table } from '#ui/table.tsx'
import type { Column, Sort } from '#ui/table.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { DateTime, Money, RelativeTime } from '#ui/time.tsx'
import { Block } from './block.tsx'

type Row = {
  id: string
  name: string
  phone: string
  status: Status
  at: string
  sent: number
  costMinor: number
}

const names = [
  'Sari Wulandari',
  'Budi Santoso',
  'Putri Ayu Lestari',
  'Agus Pratama',
  'Dewi Kartika',
  'Rizky Hidayat',
  'Nur Aini',
  'Bayu Saputra',
]
const rows: Row[] = names.map((name, index) => ({
  id: `con_${index}`,
  name,
  phone: `+62 812-0000-00${10 + index}`,
  status: statuses[index % statuses.length] ?? 'queued',
  at: new Date(Date.UTC(2026, 10, 20, 3 + index)).toISOString(),
  sent: 1204 * (index + 1),
  costMinor: 45_300 * (index + 1),
}))

const columns: Column<Row>[] = [
  {
    id: 'name',
    header: 'Nama',
    primary: true,
    sortable: true,
    cell: (row) => (
      <span className="flex items-center gap-2.5">
        <Avatar name={row.name} size="sm" />
        {row.name}
      </span>
    ),
  },
  {
    id: 'phone',
    header: 'Alamat',
    cell: (row) => <span className="text-muted tabular-nums">{row.phone}</span>,
  },
  { id: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} /> },
  {
    id: 'at',
    header: 'Waktu',
    from: 'md',
    cell: (row) => (
      <span className="text-muted">
        <DateTime at={row.at} />
      </span>
    ),
  },
  {
    id: 'sent',
    header: 'Terkirim',
    numeric: true,
    sortable: true,
    cell: (row) => row.sent.toLocaleString('id-ID'),
  },
  {
    id: 'cost',
    header: 'Biaya',
    numeric: true,
    from: 'lg',
    cell: (row) => <Money amountMinor={row.costMinor} currency="IDR" />,
  },
]

const tones: BadgeTone[] = ['neutral', 'outline', 'accent', 'info', 'success', 'warn', 'danger']

export function DataSection() {
  const [sort, setSort] = useState<Sort>({ by: 'name', desc: false })
  const [selection, setSelection] = useState<Set<string>>(new Set(['con_1']))
  const [page, setPage] = useState(2)
  return (
    <Block title="Data">
      <Page>
        <PageHeader
          title="Kontak"
          text="Semua orang yang bisa Anda hubungi, dengan persetujuan mereka."
          aside={<Badge tone="outline">2.000</Badge>}
          secondary={<Button icon={<Upload aria-hidden />}>Impor</Button>}
          action={<Button tone="primary">Kontak baru</Button>}
        />
        <StatRow columns={4}>
          <Stat label="Terkirim hari ini" value={12_480} change={0.124} hint="dibanding kemarin" />
          <Stat label="Dibaca" value="78,4%" change={-0.021} hint="dari yang sampai" />
          <Stat label="Berhenti" value={14} change={0.3} good="down" />
          <Stat label="Biaya" value={undefined} />
        </StatRow>
        <Table
          label="Kontak"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowName={(row) => row.name}
          onOpen={() => undefined}
          sort={sort}
          onSort={setSort}
          selection={selection}
          onSelectionChange={setSelection}
          bulk={<Button size="sm">Tambah tag</Button>}
        />
        <CursorPager
          from={51}
          count={50}
          total={2000}
          onPrevious={() => undefined}
          onNext={() => undefined}
        />
      </Page>
      <Table label="Memuat" columns={columns} rows={undefined} rowKey={(row) => row.id} skeletonRows={3} />
      <Table
        label="Kosong"
        columns={columns}
        rows={[]}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            icon={Users}
            title="Belum ada kontak"
            text="Impor dari CSV, XLSX, atau tempel nomornya. Duplikat dan nomor yang salah dilaporkan, tidak dibuang diam-diam."
            action={<Button tone="primary">Impor kontak</Button>}
          />
        }
      />
      <div className="flex flex-wrap gap-2">
        {statuses.map((status) => (
          <StatusBadge key={status} status={status} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {campaignStatuses.map((status) => (
          <CampaignBadge key={status} status={status} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {senderStatuses.map((status) => (
          <SenderBadge key={status} status={status} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </div>
      <div className="grid gap-5 md:grid-cols-2">
        <Card
          title="Promo Akhir Pekan"
          text="Berjalan · 38 pesan per menit"
          aside={<CampaignBadge status="running" />}
        >
          <StatusBar
            counts={{
              replied: 84,
              read: 512,
              delivered: 388,
              sent: 61,
              queued: 640,
              skipped: 120,
              unknown: 3,
              failed: 17,
            }}
          />
        </Card>
        <Card title="Rincian">
          <Facts
            facts={[
              { label: 'Pengirim', value: 'Toko Senja' },
              { label: 'Terakhir', value: <RelativeTime at={Date.now() - 300_000} /> },
              { label: 'Biaya', value: <Money amountMinor={299_000} currency="IDR" /> },
            ]}
          />
        </Card>
      </div>
      <ProgressBar ratio={0.42} label="Mengimpor kontak.csv" aside="1.240 baris per detik, sisa 3 menit" />
      <Tabs
        label="Bagian"
        items={[
          { id: 'all', label: 'Semua', count: 2000, content: <p className="text-muted">Isi pertama</p> },
          { id: 'in', label: 'Disetujui', count: 1804, content: <p className="text-muted">Isi kedua</p> },
          { id: 'out', label: 'Berhenti', content: <p className="text-muted">Isi ketiga</p> },
        ]}
      />
      <Pagination page={page} pages={9} onPage={setPage} />
    </Block>
  )
}

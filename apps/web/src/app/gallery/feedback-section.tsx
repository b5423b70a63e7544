import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { ErrorState } from '#ui/error-state.tsx'
import { Facts } from '#ui/facts.tsx'
import { LiveIndicator } from '#ui/live-indicator.tsx'
import { Notice } from '#ui/notice.tsx'
import { QrCode } from '#ui/qr-code.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { Stepper } from '#ui/stepper.tsx'
import { toast } from '#ui/toast.ts'
import { Block } from './block.tsx'

const steps = ['Pesan', 'Penerima', 'Jadwal', 'Tinjau & kirim'].map((label) => ({ id: label, label }))

export function FeedbackSection() {
  const [confirm, setConfirm] = useState(false)
  const [danger, setDanger] = useState(false)
  const [sheet, setSheet] = useState(false)
  return (
    <Block title="Feedback">
      <Stepper steps={steps} current="Jadwal" canGo={() => true} onGo={() => undefined} />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => setConfirm(true)}>Konfirmasi</Button>
        <Button onClick={() => setDanger(true)}>Hapus ruang kerja</Button>
        <Button onClick={() => setSheet(true)}>Panel</Button>
        <Button
          onClick={() =>
            toast.success('Kontak disimpan', {
              description: 'Sari Wulandari',
              action: { label: 'Urungkan', onClick: () => undefined },
            })
          }
        >
          Toast
        </Button>
        <Button onClick={() => toast.error('Server tidak menjawab.', { description: 'Permintaan 01JD7' })}>
          Toast galat
        </Button>
        <LiveIndicator state="live" />
        <LiveIndicator state="reconnecting" />
      </div>
      <div className="grid gap-3 md:grid-cols-2">
        <Notice title="Kampanye dimulai besok">Audiens dibekukan saat mulai.</Notice>
        <Notice tone="success">Pengirim sudah daring.</Notice>
        <Notice tone="warn" title="Kanal tidak resmi" action={<Button size="sm">Pelajari</Button>}>
          WhatsApp dapat membatasi nomor yang ditautkan.
        </Notice>
        <Notice tone="danger" title="Kampanye dihentikan">
          Terlalu banyak penolakan dalam 10 menit.
        </Notice>
      </div>
      <div className="grid gap-5 md:grid-cols-3">
        <Card padding="none">
          <ErrorState
            text="Server tidak menjawab. Periksa sambungan, lalu coba lagi."
            requestId="01JD7KQ2X0"
            onRetry={() => undefined}
          />
        </Card>
        <Card title="Memuat">
          <SkeletonText lines={5} />
        </Card>
        <QrCode value="https://example.test/pair/0192f3c7" />
      </div>
      <ConfirmDialog
        open={confirm}
        onOpenChange={setConfirm}
        title="Kirim Promo Akhir Pekan?"
        text="1.204 orang menerima pesan ini mulai sekarang, sekitar 96 menit. 120 orang dilewati."
        action="Kirim ke 1.204 orang"
        onConfirm={() => setConfirm(false)}
      />
      <ConfirmDialog
        open={danger}
        onOpenChange={setDanger}
        danger
        title="Hapus ruang kerja Kopi Senja?"
        text="2.000 kontak, 14 kampanye, dan semua laporannya dihapus dan tidak bisa dikembalikan."
        action="Hapus Kopi Senja"
        phrase="Kopi Senja"
        onConfirm={() => setDanger(false)}
      />
      <Sheet
        open={sheet}
        onOpenChange={setSheet}
        title="Sari Wulandari"
        text="+62 812-0000-0010"
        aside={<StatusBadge status="read" />}
        footer={<Button tone="primary">Simpan</Button>}
      >
        <Facts
          facts={[
            { label: 'Persetujuan', value: 'Diberikan 3 Nov 2026' },
            { label: 'Sumber', value: 'Formulir kasir' },
          ]}
        />
      </Sheet>
    </Block>
  )
}

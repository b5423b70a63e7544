import { Plus, Radio, Send, Smartphone, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { CopyField } from '#ui/copy-field.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { Field } from '#ui/field.tsx'
import { FileDrop } from '#ui/file-drop.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Input, PasswordInput, SearchInput } from '#ui/input.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { Badge } from '#ui/badge.tsx'
import { Block } from './block.tsx'

const cities = ['Jakarta', 'Bandung', 'Surabaya', 'Medan', 'Makassar'].map((name) => ({
  value: name,
  label: name,
}))

export function ControlsSection() {
  const [text, setText] = useState('Kopi')
  const [city, setCity] = useState<string | undefined>('Bandung')
  const [many, setMany] = useState<string[]>(['Jakarta', 'Medan'])
  const [on, setOn] = useState(true)
  const [card, setCard] = useState<'simulator' | 'linked' | 'cloud'>('simulator')
  return (
    <Block title="Controls">
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" icon={<Send aria-hidden />}>
          Kirim ke 1.204 orang
        </Button>
        <Button icon={<Plus aria-hidden />}>Kontak baru</Button>
        <Button tone="ghost">Batal</Button>
        <Button tone="danger" icon={<Trash2 aria-hidden />}>
          Hapus
        </Button>
        <Button tone="danger-quiet">Keluarkan</Button>
        <Button tone="link">Pelajari</Button>
        <Button busy tone="primary">
          Menyimpan
        </Button>
        <Button disabled>Mati</Button>
        <Button size="sm">Kecil</Button>
        <Button size="lg" tone="primary">
          Besar
        </Button>
        <IconButton label="Hapus" icon={<Trash2 aria-hidden />} />
        <IconButton label="Hapus" tone="outline" icon={<Trash2 aria-hidden />} />
        <DropdownMenu
          groups={[
            {
              items: [
                { id: 'a', label: 'Ubah', onSelect: () => undefined },
                {
                  id: 'b',
                  label: 'Hapus',
                  danger: true,
                  icon: <Trash2 aria-hidden />,
                  onSelect: () => undefined,
                },
              ],
            },
          ]}
        />
      </div>
      <div className="grid gap-5 md:grid-cols-2">
        <Card title="Form" text="Label, hint, error">
          <div className="flex flex-col gap-5">
            <Field label="Nama kampanye" hint="Hanya Anda yang melihatnya." required>
              <Input defaultValue="Promo Akhir Pekan" />
            </Field>
            <Field label="Surel" error="Ini belum tampak seperti alamat surel, misalnya nama@toko.id.">
              <Input defaultValue="nama@" />
            </Field>
            <Field label="Kata sandi" optional>
              <PasswordInput defaultValue="rahasia-sekali" />
            </Field>
            <Field label="Jeda" aside="detik">
              <Input numeric defaultValue="3" />
            </Field>
            <Field label="Pesan">
              <Textarea placeholder="Tulis pesan…" />
            </Field>
          </div>
        </Card>
        <Card title="Pilihan">
          <div className="flex flex-col gap-5">
            <Field label="Kota">
              <Select options={cities} value={city} onValueChange={setCity} />
            </Field>
            <Field label="Daftar">
              <Combobox multiple options={cities} value={many} onValueChange={setMany} />
            </Field>
            <SearchInput label="Cari kontak" value={text} onValueChange={setText} />
            <Checkbox
              checked={on}
              onCheckedChange={setOn}
              label="Terima syarat"
              hint="Bisa dicabut kapan saja."
            />
            <Checkbox checked="indeterminate" onCheckedChange={() => undefined} label="Sebagian" />
            <Switch
              checked={on}
              onCheckedChange={setOn}
              label="Pakai untuk kampanye"
              hint="Berlaku saat itu juga."
            />
            <Field label="Kunci API">
              <CopyField label="Kunci API" value="siar_live_0192f3c7a41d" />
            </Field>
          </div>
        </Card>
      </div>
      <RadioCards
        label="Kanal"
        columns={3}
        value={card}
        onValueChange={setCard}
        options={[
          {
            value: 'simulator',
            title: 'Simulator',
            text: 'Coba semuanya tanpa nomor sungguhan.',
            icon: <Radio />,
            aside: <Badge tone="accent">Mulai di sini</Badge>,
          },
          {
            value: 'linked',
            title: 'Perangkat tertaut',
            text: 'Pindai QR dari ponsel Anda.',
            icon: <Smartphone />,
          },
          {
            value: 'cloud',
            title: 'Cloud API',
            text: 'Resmi dari Meta, dengan template yang disetujui.',
            icon: <Send />,
          },
        ]}
      />
      <FileDrop
        label="Berkas kontak"
        accept=".csv,.xlsx,.txt"
        sizeBytesMax={50_000_000}
        hint="CSV, XLSX, atau TXT"
        onFiles={() => undefined}
      />
    </Block>
  )
}

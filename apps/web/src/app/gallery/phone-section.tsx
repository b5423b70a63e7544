import { PhonePreview } from '#ui/phone-preview.tsx'
import { Block } from './block.tsx'

const text = `Halo *Kak Sari* 👋

Akhir pekan ini semua _kopi susu_ cukup ~Rp 25.000~ *Rp 18.000*.

- Ambil di toko
- Atau pesan antar

> Berlaku sampai Minggu malam
Kode: \`SENJA18\`
https://toko.id/promo`

export function PhoneSection() {
  return (
    <Block title="Phone preview">
      <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        <PhonePreview
          theme="light"
          senderName="Kopi Senja"
          media={{ kind: 'image' }}
          text={text}
          footer="Balas STOP untuk berhenti"
          buttons={[
            { kind: 'url', label: 'Pesan sekarang' },
            { kind: 'reply', label: 'Lain kali' },
          ]}
        />
        <PhonePreview
          theme="dark"
          senderName="Kopi Senja"
          media={{ kind: 'document', name: 'menu-november.pdf', sizeBytes: 482_000 }}
          text={text}
          ticks="delivered"
          link={{ title: 'Promo akhir pekan Kopi Senja', text: 'Kopi susu Rp 18.000', host: 'toko.id' }}
        />
        <PhonePreview text="" />
      </div>
    </Block>
  )
}

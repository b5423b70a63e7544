/** What the demo shop writes to its customers. */
export const DEMO_TEMPLATES = [
  {
    name: 'Promo akhir pekan',
    category: 'promotion',
    withImage: true,
    texts: {
      id: '{Halo|Hai} {name}! ☕\n\nAkhir pekan ini ada {diskon|potongan} *20%* untuk semua biji kopi Nusantara di *Kopi Melati*.\n\nTunjukkan pesan ini di kasir, berlaku sampai Minggu.\n\n_Balas BERHENTI kalau tidak ingin menerima promo._',
      en: '{Hello|Hi} {name}! ☕\n\nThis weekend *Kopi Melati* takes *20%* off every Nusantara coffee bean.\n\nShow this message at the till, until Sunday.\n\n_Reply STOP to get no more offers._',
    },
    campaignVariables: [],
  },
  {
    name: 'Kopi baru bulan ini',
    category: 'announcement',
    withImage: false,
    texts: {
      id: '{Halo|Hai} {name}, kenalkan *{produk}* ☕\n\nBaru kami sangrai minggu ini dan sudah bisa dicoba di kedai {kota=kami}. {Mampir ya|Kami tunggu}!\n\n_Balas BERHENTI kalau tidak ingin menerima kabar._',
    },
    campaignVariables: ['produk'],
  },
  {
    name: 'Selamat ulang tahun',
    category: 'greeting',
    withImage: false,
    texts: {
      id: 'Selamat ulang tahun, {name}! 🎉\n\nSatu cangkir kopi gratis menunggu Anda di Kopi Melati sepanjang minggu ini.\n\n_Balas BERHENTI kalau tidak ingin menerima ucapan._',
    },
    campaignVariables: [],
  },
  {
    name: 'Pengingat kelas seduh',
    category: 'reminder',
    withImage: false,
    texts: {
      id: 'Halo {name}, sekadar mengingatkan: kelas seduh manual dimulai *{jam}*. Sampai jumpa di kedai!',
    },
    campaignVariables: ['jam'],
  },
] as const

export const DEMO_FOOTER = 'Kopi Melati, Bandung'

/** Campaigns of the last two weeks, oldest first; `template` and `sender` are places in the lists above and of the shop. */
export const DEMO_HISTORY = [
  { name: 'Kelas seduh batch 7', daysAgo: 13, template: 2, list: 'workshop', sender: 1 },
  { name: 'Promo gajian', daysAgo: 11, template: 0, list: 'regulars', sender: 0 },
  { name: 'Stok biji untuk reseller', daysAgo: 10, template: 1, list: 'resellers', sender: 0 },
  { name: 'Undangan kelas seduh', daysAgo: 9, template: 2, list: 'workshop', sender: 1 },
  { name: 'Gayo Wine sudah datang', daysAgo: 6, template: 1, list: 'regulars', sender: 0 },
  { name: 'Foto kelas seduh', daysAgo: 5, template: 2, list: 'workshop', sender: 1 },
  { name: 'Menu baru akhir tahun', daysAgo: 3, template: 1, list: 'regulars', sender: 0 },
  { name: 'Harga baru untuk reseller', daysAgo: 2, template: 1, list: 'resellers', sender: 0 },
] as const

export const DEMO_ANSWERS = [
  'Mau dong kak, masih ada?',
  'Buka sampai jam berapa ya?',
  'Siap, nanti sore mampir 🙏',
  'Ada yang Gayo?',
  'Terima kasih infonya!',
  'Bisa dikirim ke luar kota?',
  'Harganya berapa kak?',
]

import { hash32 } from '@siar/domain'

/** One made-up customer of the demo shop. Numbers are drawn from a block, so they never follow a real address book. */
export interface DemoPerson {
  readonly firstName: string
  readonly lastName: string
  readonly phone: string
  readonly email: string | null
  readonly company: string | null
  readonly city: string
  readonly joinedDaysAgo: number
  readonly consent: 'granted' | 'withdrawn' | 'unknown'
  readonly isRegular: boolean
  readonly isReseller: boolean
  readonly joinedWorkshop: boolean
}

const FIRST_NAMES =
  'Sari Budi Dewi Agus Rina Joko Putri Andi Wati Bayu Ayu Rizky Maya Hendra Indah Fajar Nurul Dimas Ratna Yoga Citra Arif Lestari Eko Novi Ilham Tri Galih Melati Rahmat Kartika Surya Intan Wahyu Nabila Teguh Laras Bagus Siti Gilang'.split(
    ' ',
  )
const LAST_NAMES =
  'Wulandari Santoso Kusuma Pratama Lestari Wijaya Saputra Hidayat Nugroho Rahayu Setiawan Maulana Handayani Hartono Anggraini Gunawan Permata Susanto Wibowo Safitri Siregar Simanjuntak Harahap Ginting Utami Kurniawan Firmansyah Puspita Ramadhan Yulianti'.split(
    ' ',
  )
const CITIES = 'Bandung Jakarta Surabaya Yogyakarta Semarang Medan Makassar Denpasar Malang Bogor'.split(' ')
const COMPANIES = ['Kedai Pagi', 'Warung Bu Tin', 'Kopi Senja', 'Toko Maju', 'Studio Lokal', 'CV Sinar Jaya']

/** `count` people, always the same ones for the same `seed`. */
export function makePeople(count: number, seed: string): DemoPerson[] {
  return Array.from({ length: count }, (_, index) => makePerson(index, seed))
}

function makePerson(index: number, seed: string): DemoPerson {
  const draw = (what: string, below: number): number => hash32(`${seed}/${index}/${what}`) % below
  const firstName = FIRST_NAMES[draw('first', FIRST_NAMES.length)] ?? 'Sari'
  const lastName = LAST_NAMES[draw('last', LAST_NAMES.length)] ?? 'Santoso'
  const hundred = draw('consent', 100)
  return {
    firstName,
    lastName,
    phone: `+62812${String(10_000_000 + index * 4_001).padStart(8, '0')}`,
    email: draw('mail', 3) === 0 ? `${firstName}.${lastName}.${index}@example.com`.toLowerCase() : null,
    company: draw('firm', 6) === 0 ? (COMPANIES[draw('which', COMPANIES.length)] ?? null) : null,
    city: CITIES[draw('city', CITIES.length)] ?? 'Bandung',
    joinedDaysAgo: 1 + draw('joined', 240),
    consent: hundred < 84 ? 'granted' : hundred < 88 ? 'withdrawn' : 'unknown',
    isRegular: draw('regular', 10) < 3,
    isReseller: draw('reseller', 25) === 0,
    joinedWorkshop: draw('workshop', 8) === 0,
  }
}

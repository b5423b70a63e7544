import { hash32, mix32 } from '@siar/domain'

/** Shares of all people, 0–1. The habits (`replies`, `optsOut`, `blocks`) exclude each other. */
export interface PeopleShares {
  readonly onWhatsApp: number
  readonly replies: number
  readonly optsOut: number
  readonly blocks: number
  readonly readsLate: number
  readonly neverReads: number
}

export const defaultShares: PeopleShares = {
  onWhatsApp: 0.97,
  replies: 0.08,
  optsOut: 0.015,
  blocks: 0.004,
  readsLate: 0.15,
  neverReads: 0.12,
}

export type Habit = 'replies' | 'opts_out' | 'blocks' | 'none'

/** How one person behaves; times on that person's own clock, which may run faster than ours. */
export interface Person {
  readonly onWhatsApp: boolean
  readonly habit: Habit
  readonly reading: 'soon' | 'late' | 'never'
  readonly deliveryMs: number
  /** From delivery to reading. */
  readonly readMs: number
  /** From reading to what the habit does. */
  readonly actMs: number
}

const minuteMs = 60_000

/** A fraction in [0, 1) for the `index`-th trait of a hash. */
function trait(hash: number, index: number): number {
  return mix32(hash + Math.imul(index, 0x9e3779b9)) / 4294967296
}

function between(low: number, high: number, fraction: number): number {
  return Math.round(low + (high - low) * fraction)
}

function habitOf(fraction: number, shares: PeopleShares): Habit {
  if (fraction < shares.blocks) return 'blocks'
  if (fraction < shares.blocks + shares.optsOut) return 'opts_out'
  if (fraction < shares.blocks + shares.optsOut + shares.replies) return 'replies'
  return 'none'
}

function readingOf(fraction: number, habit: Habit, shares: PeopleShares): Person['reading'] {
  if (habit === 'none' && fraction < shares.neverReads) return 'never'
  if (fraction < shares.neverReads + shares.readsLate) return 'late'
  return 'soon'
}

/** The behaviour of a number never seen before: the same for the same seed, number and shares. */
export function personOf(seed: string, number: string, shares: PeopleShares): Person {
  const hash = hash32(`${seed}/${number}`)
  const habit = habitOf(trait(hash, 1), shares)
  const reading = readingOf(trait(hash, 2), habit, shares)
  const phoneIsOff = trait(hash, 3) < 0.08
  return {
    onWhatsApp: trait(hash, 0) < shares.onWhatsApp,
    habit,
    reading,
    deliveryMs: phoneIsOff
      ? between(5 * minuteMs, 60 * minuteMs, trait(hash, 4))
      : between(400, 4_000, trait(hash, 4)),
    readMs:
      reading === 'late'
        ? between(60 * minuteMs, 10 * 60 * minuteMs, trait(hash, 5))
        : between(5_000, 8 * minuteMs, trait(hash, 5)),
    actMs: between(4_000, 3 * minuteMs, trait(hash, 6)),
  }
}

const replies = {
  indonesian: [
    'Harganya berapa kak?',
    'Terima kasih infonya',
    'Masih ada stok?',
    'Ok, saya tertarik',
    'Bisa kirim hari ini?',
  ],
  other: [
    'How much is it?',
    'Thanks for letting me know',
    'Is it still available?',
    'Yes, I am interested',
    'Can you deliver today?',
  ],
} as const

/** What a person writes: a question or thanks, or the word that ends marketing in their language. */
export function replyOf(number: string, habit: 'replies' | 'opts_out', turn: number): string {
  const isIndonesian = number.startsWith('+62')
  if (habit === 'opts_out') return isIndonesian ? 'BERHENTI' : 'STOP'
  const texts = isIndonesian ? replies.indonesian : replies.other
  return texts[hash32(`${number}/${turn}`) % texts.length] ?? texts[0]
}

const firstNames = ['Sari', 'Budi', 'Dewi', 'Andi', 'Rina', 'Agus', 'Putri', 'Joko', 'Ayu', 'Rizky'] as const

/** The name a person shows in WhatsApp. */
export function profileNameOf(number: string): string {
  return firstNames[hash32(number) % firstNames.length] ?? firstNames[0]
}

/** The number a simulated sender gets by pairing: always the same for one sender. */
export function ownNumberOf(senderId: string): string {
  return `+62895${String(hash32(senderId) % 100_000_000).padStart(8, '0')}`
}

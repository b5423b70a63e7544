import type { Property } from './property.ts'
import { plainValue, splitValue, textOf } from './property.ts'

/** First row of the table that cards become; names that the guess of columns knows. */
export const cardHeader = [
  'Full name',
  'First name',
  'Last name',
  'Phone',
  'Email',
  'Company',
  'Tags',
  'Notes',
  'Birthday',
] as const

const cellLengthMax = 6_000
const numbersMax = 50
const numberLengthMax = 200

interface Ranked {
  readonly text: string
  readonly rank: number
}

/** Gathers one card and makes a row of it, in the order of `cardHeader`. */
export class Card {
  private readonly encoding: string
  private readonly numbers: Ranked[] = []
  private readonly emails: Ranked[] = []
  private readonly categories: string[] = []
  private fullName = ''
  private names: readonly string[] = []
  private company = ''
  private note = ''
  private birthday = ''

  /** @param encoding Of values that do not name theirs. */
  constructor(encoding: string) {
    this.encoding = encoding
  }

  add(property: Property): void {
    const text = textOf(property, this.encoding)
    switch (property.name) {
      case 'FN':
        this.fullName ||= plainValue(text).trim()
        break
      case 'N':
        if (this.names.length === 0) this.names = splitValue(text, ';').map((part) => part.trim())
        break
      case 'TEL':
        this.addNumber(property, text)
        break
      case 'EMAIL':
        this.emails.push({ text: plainValue(text).trim(), rank: rankOf(property) })
        break
      case 'ORG':
        this.company ||= splitValue(text, ';')[0]?.trim() ?? ''
        break
      case 'CATEGORIES':
        this.categories.push(...splitValue(text, ',').map((part) => part.trim()))
        break
      case 'NOTE':
        this.note = [this.note, plainValue(text).trim()].filter(Boolean).join('\n').slice(0, cellLengthMax)
        break
      case 'BDAY':
        this.birthday ||= text.trim().replace(/^(\d{4})(\d{2})(\d{2})(T.*)?$/, '$1-$2-$3')
        break
      default:
        break
    }
  }

  /** `tel:+62-812-…;ext=2` is a number with an extension. */
  private addNumber(property: Property, text: string): void {
    const plain = plainValue(text).trim()
    const number = /^tel:/i.test(plain) ? (plain.slice(4).split(';')[0] ?? '') : plain
    if (number === '' || this.numbers.length >= numbersMax) return
    this.numbers.push({ text: number.slice(0, numberLengthMax), rank: rankOf(property) })
  }

  toCells(): string[] {
    const [lastName = '', firstName = '', additional = ''] = this.names
    const composed = [firstName, additional, lastName].filter(Boolean).join(' ')
    return [
      this.fullName || composed,
      firstName,
      lastName,
      byRank(this.numbers).join(' ::: '),
      byRank(this.emails)[0] ?? '',
      this.company,
      this.categories.filter(Boolean).join(', '),
      this.note,
      this.birthday,
    ].map((cell) => cell.slice(0, cellLengthMax))
  }
}

/** What a person prefers comes first; a fax or pager comes last, since no message arrives there. */
function rankOf({ types, parameters }: Property): number {
  if (types.includes('FAX') || types.includes('PAGER')) return 200
  const preference = Number(parameters.get('PREF'))
  if (preference >= 1 && preference <= 100) return preference
  return types.includes('PREF') ? 1 : 101
}

function byRank(values: readonly Ranked[]): string[] {
  return [...values].sort((a, b) => a.rank - b.rank).map(({ text }) => text)
}

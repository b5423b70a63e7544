import type { CustomFieldRule, CustomValue, Names } from '../contacts/index.ts'
import { completeNames, readCustomValue, unguardCell } from '../contacts/index.ts'
import type { PhoneReason, PhoneRules } from '../addresses/index.ts'
import type { ImportAddress } from './import-address.ts'
import { addressOfPhone, readHiddenId } from './import-address.ts'
import type { AddressSet } from './phone-set.ts'
import { readNumbers } from './read-numbers.ts'
import type { FileRecord } from './record-splitter.ts'

export type RejectReason = PhoneReason | 'row_too_long' | 'control_characters' | 'same_number_above'

export interface PersonRow extends Names {
  readonly kind: 'valid'
  readonly row: number
  /** The first valid number; the WhatsApp id where the row has no number at all. */
  readonly main: ImportAddress
  /** Further addresses of this person that no earlier row named. */
  readonly others: readonly ImportAddress[]
  readonly email: string | null
  readonly company: string | null
  readonly language: 'id' | 'en' | null
  readonly notes: string
  readonly tags: readonly string[]
  readonly custom: Readonly<Record<string, CustomValue>>
}

export interface RejectedRow {
  readonly kind: 'duplicate' | 'invalid'
  readonly row: number
  readonly phone: string | null
  readonly reason: RejectReason
  readonly cells: readonly string[]
}

export type ReadRow = PersonRow | RejectedRow

/** Where the cells of a row go; -1 for a target that no column has. */
export interface ColumnPlan {
  /** Columns of numbers, the main one first. */
  readonly phones: readonly number[]
  readonly whatsappId: number
  readonly fullName: number
  readonly firstName: number
  readonly middleName: number
  readonly lastName: number
  readonly email: number
  readonly company: number
  readonly language: number
  readonly notes: number
  readonly tags: number
  readonly custom: readonly { readonly index: number; readonly field: CustomFieldRule }[]
}

/** @param mapping Checked targets, in which every `custom:` key is one of `fields`. */
export function planColumns(mapping: readonly string[], fields: readonly CustomFieldRule[]): ColumnPlan {
  const at = (target: string): number => mapping.indexOf(target)
  return {
    phones: [at('phone'), ...mapping.flatMap((target, index) => (target === 'other_phone' ? [index] : []))],
    whatsappId: at('whatsapp_id'),
    fullName: at('full_name'),
    firstName: at('first_name'),
    middleName: at('middle_name'),
    lastName: at('last_name'),
    email: at('email'),
    company: at('company'),
    language: at('language'),
    notes: at('notes'),
    tags: at('tags'),
    custom: fields
      .map((field) => ({ index: at(`custom:${field.key}`), field }))
      .filter(({ index }) => index >= 0),
  }
}

const nameLengthMax = 200
const emailLengthMax = 254
const notesLengthMax = 5000
const tagLengthMax = 60
const tagsMax = 50
const emailShape = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/

/**
 * Reads one row of a file: whom it names, or why it names nobody. The first row with a number keeps it (`seen`).
 *
 * A cell that does not fit its field (a broken e-mail, a word in a field of numbers) is left out; the numbers alone decide
 * whether the row is valid, and the WhatsApp id where the row has none.
 */
export function readRow(record: FileRecord, plan: ColumnPlan, rules: PhoneRules, seen: AddressSet): ReadRow {
  const { row, cells } = record
  if (record.tooLong) return reject(record, 'invalid', null, 'row_too_long')
  for (const cell of cells) {
    if (cell.includes('\0')) return reject(record, 'invalid', null, 'control_characters')
  }
  const read = readNumbers(cells, plan.phones, rules)
  const hiddenId = readHiddenId(cells[plan.whatsappId])
  const hasOnlyId = !read.ok && read.reason === 'empty' && hiddenId !== null
  if (!read.ok && !hasOnlyId) return reject(record, 'invalid', null, read.reason)
  const numbers = read.ok ? read.numbers.map(addressOfPhone) : []
  const [main, ...others] = hiddenId === null ? numbers : [...numbers, hiddenId]
  if (!main) return reject(record, 'invalid', null, 'empty')
  if (!seen.add(main)) {
    return reject(record, 'duplicate', main.kind === 'phone' ? main.value : null, 'same_number_above')
  }
  return {
    kind: 'valid',
    row,
    main,
    others: others.length === 0 ? others : others.filter((other) => seen.add(other)),
    ...readNames(cells, plan),
    email: readEmail(cells[plan.email]),
    company: clean(cells[plan.company], nameLengthMax) || null,
    language: readLanguage(cells[plan.language]),
    notes: cleanLines(cells[plan.notes], notesLengthMax),
    tags: readTags(cells[plan.tags]),
    custom: readCustom(cells, plan.custom),
  }
}

/** A middle name shows in the full name only, so that `{first name}` stays short. */
function readNames(cells: readonly string[], plan: ColumnPlan): Names {
  const firstName = clean(cells[plan.firstName], nameLengthMax)
  const middleName = clean(cells[plan.middleName], nameLengthMax)
  const lastName = clean(cells[plan.lastName], nameLengthMax)
  const given = clean(cells[plan.fullName], nameLengthMax)
  if (given !== '' || middleName === '') return completeNames({ fullName: given, firstName, lastName })
  const fullName = `${firstName} ${middleName} ${lastName}`.slice(0, nameLengthMax)
  return { ...completeNames({ fullName }), firstName, lastName }
}

function reject(
  { row, cells }: FileRecord,
  kind: RejectedRow['kind'],
  phone: string | null,
  reason: RejectReason,
): RejectedRow {
  return { kind, row, phone, reason, cells }
}

const unprintable = /[\p{Cc}\u2028\u2029]+/gu
const hasUnprintable = /[\p{Cc}\u2028\u2029\ud800-\udfff]/u

function clean(cell: string | undefined, lengthMax: number): string {
  return cell === undefined || cell === '' ? '' : tidy(unguardCell(cell), lengthMax)
}

function tidy(cell: string, lengthMax: number): string {
  const text = cell.trim()
  if (text.length <= lengthMax && !hasUnprintable.test(text)) return text
  return text.replace(unprintable, ' ').slice(0, lengthMax).toWellFormed().trim()
}

/** The same for a text of several lines. */
function cleanLines(cell: string | undefined, lengthMax: number): string {
  if (cell === undefined || cell === '') return ''
  const lines = unguardCell(cell).split(/\r\n|[\r\n\u2028\u2029]/)
  return lines
    .map((line) => tidy(line, lengthMax))
    .join('\n')
    .trim()
    .slice(0, lengthMax)
    .toWellFormed()
}

function readEmail(cell: string | undefined): string | null {
  const email = clean(cell, emailLengthMax + 1)
  return email.length <= emailLengthMax && emailShape.test(email) ? email.toLowerCase() : null
}

function readLanguage(cell: string | undefined): 'id' | 'en' | null {
  if (cell === undefined || cell === '') return null
  const word = clean(cell, nameLengthMax).toLowerCase()
  if (/^(id|ind|indonesia|indonesian|bahasa indonesia|bahasa)\b/.test(word)) return 'id'
  return /^(en|eng|english|inggris|bahasa inggris)\b/.test(word) ? 'en' : null
}

/** Tags stand between `,` `;` `|`; a program's own groups (`* myContacts`) are none. */
function readTags(cell: string | undefined): string[] {
  if (cell === undefined || cell === '') return []
  const tags = new Map<string, string>()
  for (const part of cell.split(/[,;|]|:::/, tagsMax)) {
    const tag = clean(part, tagLengthMax)
    if (tag !== '' && !tag.startsWith('* ')) tags.set(tag.toLowerCase(), tag)
  }
  return [...tags.values()]
}

const noCustom: Readonly<Record<string, CustomValue>> = {}

function readCustom(cells: readonly string[], columns: ColumnPlan['custom']): PersonRow['custom'] {
  if (columns.length === 0) return noCustom
  const custom: Record<string, CustomValue> = {}
  for (const { index, field } of columns) {
    const value = readCustomValue(field, clean(cells[index], 1000))
    if (value !== null) custom[field.key] = value
  }
  return custom
}

import { AppError } from '@siar/domain'
import type { ContactValues } from './contacts.repo.ts'
import type { CustomFieldRule, CustomValue } from './custom-value.ts'
import { readCustomValue } from './custom-value.ts'
import type { Names } from './names.ts'
import { completeNames } from './names.ts'

/** The fields of a contact as a request brings them; absent stays as it is. */
export interface ContactInput {
  readonly fullName?: string | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly email?: string | null | undefined
  readonly company?: string | null | undefined
  readonly language?: 'id' | 'en' | null | undefined
  readonly timeZone?: string | null | undefined
  readonly notes?: string | undefined
  readonly custom?: Readonly<Record<string, CustomValue>> | undefined
  readonly active?: boolean | undefined
  readonly tagIds?: readonly string[] | undefined
  readonly listIds?: readonly string[] | undefined
}

interface Current extends Names {
  readonly custom: Readonly<Record<string, CustomValue>>
}

const nobody: Current = { fullName: '', firstName: '', lastName: '', custom: {} }

/**
 * Turns the fields of a request into values to store; for a change, `current` is what there is.
 *
 * @throws AppError `validation_failed` for an unknown zone or custom field, or a value that does not fit its field.
 */
export function toContactValues(
  input: ContactInput,
  fields: readonly CustomFieldRule[],
  current: Current = nobody,
): ContactValues {
  return {
    ...toNames(input, current),
    ...(input.email === undefined ? {} : { email: cleanText(input.email)?.toLowerCase() ?? null }),
    ...(input.company === undefined ? {} : { company: cleanText(input.company) }),
    ...(input.language === undefined ? {} : { language: input.language }),
    ...(input.timeZone === undefined ? {} : { timeZone: checkZone(cleanText(input.timeZone)) }),
    ...(input.notes === undefined ? {} : { notes: withoutNul(input.notes) }),
    ...(input.custom === undefined ? {} : { custom: mergeCustom(input.custom, fields, current.custom) }),
    ...(input.active === undefined ? {} : { active: input.active }),
  }
}

/** A new full name sets the parts anew; new parts set the full name anew. */
function toNames(input: ContactInput, current: Current): Partial<Names> {
  const { fullName, firstName, lastName } = input
  if (fullName === undefined && firstName === undefined && lastName === undefined) return {}
  if (fullName !== undefined && fullName.trim() !== '') {
    return completeNames({
      fullName: withoutNul(fullName),
      firstName: withoutNul(firstName ?? ''),
      lastName: withoutNul(lastName ?? ''),
    })
  }
  if (firstName === undefined && lastName === undefined) return { fullName: '', firstName: '', lastName: '' }
  return completeNames({
    firstName: withoutNul(firstName ?? current.firstName),
    lastName: withoutNul(lastName ?? current.lastName),
  })
}

const withoutNul = (text: string): string => text.replaceAll('\0', '').toWellFormed()

function cleanText(text: string | null): string | null {
  return text === null ? null : withoutNul(text).trim() || null
}

function checkZone(zone: string | null): string | null {
  if (zone === null) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone && zone
  } catch {
    throw invalid('timeZone', 'must be an IANA time zone')
  }
}

/** Given values replace those of the same field; an empty text removes one. */
function mergeCustom(
  given: Readonly<Record<string, CustomValue>>,
  fields: readonly CustomFieldRule[],
  current: Readonly<Record<string, CustomValue>>,
): Record<string, CustomValue> {
  const merged: Record<string, CustomValue> = { ...current }
  for (const [key, raw] of Object.entries(given)) {
    const field = fields.find((candidate) => candidate.key === key)
    if (!field) throw invalid(`custom.${key}`, 'is not a custom field of this workspace')
    const value = readCustomValue(field, typeof raw === 'string' ? withoutNul(raw) : raw)
    if (value !== null) merged[key] = value
    else if (raw === '') Reflect.deleteProperty(merged, key)
    else throw invalid(`custom.${key}`, `does not fit a field of type ${field.type}`)
  }
  return merged
}

const invalid = (path: string, message: string): AppError =>
  new AppError('validation_failed', { problems: [{ path, message }] })

/** Fields of a contact that a column of a file can fill, in the order they are offered. */
export const importFields = [
  'phone',
  'other_phone',
  'whatsapp_id',
  'full_name',
  'first_name',
  'middle_name',
  'last_name',
  'email',
  'company',
  'language',
  'notes',
  'tags',
] as const
export type ImportField = (typeof importFields)[number]

export type MappingProblem = 'no_phone' | null

/** Whether a mapping can be imported: one column must hold the numbers. */
export function mappingProblem(mapping: readonly string[]): MappingProblem {
  return mapping.includes('phone') ? null : 'no_phone'
}

/** Targets that several columns may have. */
const repeatable: ReadonlySet<string> = new Set(['ignore', 'other_phone'])

/** Puts `target` on one column; another column that had it is ignored from then on, if it may stand once only. Pure. */
export function withTarget(mapping: readonly string[], index: number, target: string): string[] {
  return mapping.map((current, at) => {
    if (at === index) return target
    return !repeatable.has(target) && current === target ? 'ignore' : current
  })
}

/** The target that makes a new custom field of a column; labels are at most 60 characters. */
export function newFieldTarget(header: string): string {
  return `new:${header.trim().slice(0, 60)}`
}

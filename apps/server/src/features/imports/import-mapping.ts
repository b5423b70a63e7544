import { AppError, canonicalVariableName } from '@siar/domain'

/**
 * Checks the targets of the columns and puts the key of a custom field in place of `new:<label>`.
 *
 * @param customKeys Keys of the custom fields there are.
 * @returns The mapping with keys only, and the labels of fields to make.
 * @throws AppError `import_mapping_invalid` with `reason`: `no_phone_column`, `target_twice`, `unknown_field`.
 */
export function resolveMapping(
  mapping: readonly string[],
  customKeys: ReadonlySet<string>,
): { readonly mapping: string[]; readonly newLabels: string[] } {
  const newLabels: string[] = []
  const resolved = mapping.map((target) => {
    if (target.startsWith('new:')) {
      const label = target.slice('new:'.length).trim()
      const key = canonicalVariableName(label)
      if (!customKeys.has(key)) newLabels.push(label)
      return `custom:${key}`
    }
    if (target.startsWith('custom:') && !customKeys.has(target.slice('custom:'.length))) {
      throw invalidMapping('unknown_field')
    }
    return target
  })
  const named = resolved.filter((target) => !repeatable.has(target))
  if (new Set(named).size !== named.length) throw invalidMapping('target_twice')
  if (!named.includes('phone')) throw invalidMapping('no_phone_column')
  return { mapping: resolved, newLabels }
}

/** Targets that several columns may have. */
const repeatable: ReadonlySet<string> = new Set(['ignore', 'other_phone'])

const invalidMapping = (reason: string): AppError => new AppError('import_mapping_invalid', { reason })

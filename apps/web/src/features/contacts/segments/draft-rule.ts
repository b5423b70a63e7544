import type { SegmentCondition, SegmentRule } from '@siar/domain'

/** Groups on screen may lie in each other so deep; each may be turned around, which the rule counts as one more. */
export const groupDepthMax = 3

/** One line of the builder. */
export type DraftCondition = {
  readonly key: string
  readonly kind: 'condition'
  readonly condition: SegmentCondition
}

/** Lines and groups that belong together. */
export type DraftGroup = {
  readonly key: string
  readonly kind: 'group'
  readonly match: 'all' | 'any'
  /** Everybody but those whom the group finds. */
  readonly negated: boolean
  readonly parts: readonly DraftPart[]
}
export type DraftPart = DraftCondition | DraftGroup

let keys = 0
const newKey = (): string => `part-${(keys += 1)}`

export const firstCondition: SegmentCondition = { kind: 'tag', operator: 'any', ids: [] }

export const newCondition = (condition: SegmentCondition = firstCondition): DraftCondition => ({
  key: newKey(),
  kind: 'condition',
  condition,
})

export const newGroup = (
  parts: readonly DraftPart[] = [newCondition()],
  match: DraftGroup['match'] = 'all',
  negated = false,
): DraftGroup => ({ key: newKey(), kind: 'group', match, negated, parts })

/** The builder's form of a saved rule: always a group, so that a line can be added to it. */
export function draftOf(rule: SegmentRule): DraftGroup {
  const part = partOf(rule, false)
  return part.kind === 'group' ? part : newGroup([part])
}

function partOf(rule: SegmentRule, negated: boolean): DraftPart {
  if (rule.kind === 'not') return partOf(rule.rule, !negated)
  if (rule.kind === 'all' || rule.kind === 'any') {
    return newGroup(
      rule.rules.map((one) => partOf(one, false)),
      rule.kind,
      negated,
    )
  }
  return negated ? newGroup([newCondition(rule)], 'all', true) : newCondition(rule)
}

export type BuiltRule = {
  readonly rule: SegmentRule
  /** The part of the builder that stands at a path of the rule, such as `rule.rules.0`. */
  readonly keyOfPath: ReadonlyMap<string, string>
}

/** The rule that the builder stands for, with the way back from a path of it to the part on screen. */
export function ruleOf(group: DraftGroup): BuiltRule {
  const keyOfPath = new Map<string, string>()
  const build = (part: DraftPart, path: string): SegmentRule => {
    keyOfPath.set(path, part.key)
    if (part.kind === 'condition') return part.condition
    const inner = part.negated ? `${path}.rule` : path
    const rules = part.parts.map((one, index) => build(one, `${inner}.rules.${index}`))
    const rule: SegmentRule = { kind: part.match, rules }
    return part.negated ? { kind: 'not', rule } : rule
  }
  return { rule: build(group, 'rule'), keyOfPath }
}

/** Problems by the key of the part they belong to; the first of each part. */
export function problemsByKey(
  problems: readonly { readonly path: string; readonly code?: string }[],
  { keyOfPath }: BuiltRule,
): ReadonlyMap<string, string> {
  const byKey = new Map<string, string>()
  for (const { path, code = '' } of problems) {
    let at = path
    while (at !== '' && !keyOfPath.has(at)) at = at.slice(0, Math.max(0, at.lastIndexOf('.')))
    const key = keyOfPath.get(at)
    if (key && !byKey.has(key)) byKey.set(key, code)
  }
  return byKey
}

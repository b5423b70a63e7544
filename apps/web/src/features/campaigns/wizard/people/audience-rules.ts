import type { Audience } from '@siar/contract'

export type AudienceRule = Audience['include'][number]
export type RuleKind = 'list' | 'tag' | 'segment' | 'contact'

/** The ids named by rules of one kind, in their order. */
export function idsOf(rules: readonly AudienceRule[], kind: RuleKind): string[] {
  return rules.flatMap((rule) => (rule.kind === kind ? [rule.id] : []))
}

/** The same rules with the ids of one kind replaced; rules of other kinds keep their place. */
export function withIds(
  rules: readonly AudienceRule[],
  kind: RuleKind,
  ids: readonly string[],
): AudienceRule[] {
  return [...rules.filter((rule) => rule.kind !== kind), ...ids.map((id): AudienceRule => ({ kind, id }))]
}

export function includesEveryone(rules: readonly AudienceRule[]): boolean {
  return rules.some(({ kind }) => kind === 'everyone')
}

import type { SegmentRule } from '@siar/domain'
import { conditionSql } from './segment-condition.repo.ts'
import type { AddValue, ConditionSql, SegmentContext } from './segment-condition.repo.ts'

export type { AddValue, SegmentContext } from './segment-condition.repo.ts'

/** A rule as SQL over `contacts c`: `from contacts c <joins> where … and <where>`. `$1` is the workspace. */
export interface SegmentSql {
  readonly joins: string
  readonly where: string
}

/** A rule without `not`: it has been moved to the conditions. */
type Tree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'leaf'; readonly sql: ConditionSql }

/** Joins a set once to the people and names the column that is null for whoever is not in it. */
type Join = (set: Extract<ConditionSql, { kind: 'set' }>) => string

function toTree(rule: SegmentRule, isNegated: boolean, context: SegmentContext, add: AddValue): Tree {
  if (rule.kind === 'not') return toTree(rule.rule, !isNegated, context, add)
  if (rule.kind === 'all' || rule.kind === 'any') {
    const kind = (rule.kind === 'all') === isNegated ? 'or' : 'and'
    const parts = rule.rules.map((part) => toTree(part, isNegated, context, add))
    return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) }
  }
  const sql = conditionSql(rule, context, add)
  if (!isNegated) return { kind: 'leaf', sql }
  if (sql.kind === 'set') return { kind: 'leaf', sql: { ...sql, isIn: !sql.isIn } }
  return { kind: 'leaf', sql: { kind: 'test', sql: `not (${sql.sql})` } }
}

/**
 * Compiles a rule that `problemsOfSegment` has let through.
 *
 * What must hold together becomes conditions of its own, which PostgreSQL turns into semijoins and antijoins and may begin
 * with; sets inside of an `or` are joined once each, so that no set is ever looked through person by person.
 *
 * @param add Keeps a value for the statement and answers its placeholder.
 */
export function compileSegment(rule: SegmentRule, context: SegmentContext, add: AddValue): SegmentSql {
  const joins: string[] = []
  const join: Join = ({ sql, isUnique }) => {
    const name = `set_${joins.length}`
    const set = isUnique ? sql : `select distinct contact_id from (${sql}) found`
    joins.push(`left join (${set}) ${name} on ${name}.contact_id = c.id`)
    return `${name}.contact_id`
  }
  const tree = toTree(rule, false, context, add)
  const parts = tree.kind === 'and' ? tree.parts : [tree]
  const where = parts.map((part) => togetherSql(part, join)).join(' and ')
  return { joins: joins.join(' '), where: where === '' ? 'true' : `(${where})` }
}

/** A part that must hold by itself. */
function togetherSql(part: Tree, join: Join): string {
  if (part.kind === 'leaf') {
    if (part.sql.kind === 'test') return part.sql.sql
    const { sql, isIn } = part.sql
    return isIn ? `c.id in (${sql})` : `not exists (select from (${sql}) m where m.contact_id = c.id)`
  }
  return nestedSql(part, join)
}

/** What a custom field costs to take out of its row outweighs all other tests; of an `or` PostgreSQL keeps the order. */
function effortOf(part: Tree): number {
  if (part.kind === 'leaf') return part.sql.kind === 'test' && part.sql.sql.includes('c.custom') ? 1 : 0
  return Math.max(0, ...part.parts.map(effortOf))
}

/** A part inside of an `or`. */
function nestedSql(part: Tree, join: Join): string {
  if (part.kind === 'leaf') {
    if (part.sql.kind === 'test') return part.sql.sql
    return `${join(part.sql)} is ${part.sql.isIn ? 'not null' : 'null'}`
  }
  const cheapFirst = part.parts.toSorted((left, right) => effortOf(left) - effortOf(right))
  return `(${cheapFirst.map((one) => nestedSql(one, join)).join(` ${part.kind} `)})`
}

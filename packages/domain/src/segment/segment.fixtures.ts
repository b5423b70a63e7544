import fc from 'fast-check'
import { segmentActivities, segmentConsents, segmentFields, segmentOperators } from './segment-rule.ts'
import type { SegmentCondition, SegmentRule, SegmentValueType } from './segment-rule.ts'
import type { SegmentVocabulary } from './check-segment.ts'

/** Any rule that a workspace with these things may save: names of the things come from the vocabulary. */
export function anySegmentRule(vocabulary: SegmentVocabulary): fc.Arbitrary<SegmentRule> {
  const condition = anyCondition(vocabulary)
  const { tree } = fc.letrec<{ tree: SegmentRule }>((tie) => {
    const rules = fc.array(tie('tree'), { minLength: 1, maxLength: 3 })
    return {
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        condition,
        fc.record({ kind: fc.constant('all' as const), rules }),
        fc.record({ kind: fc.constant('any' as const), rules }),
        fc.record({ kind: fc.constant('not' as const), rule: tie('tree') }),
      ),
    }
  })
  return tree
}

const anyDay = fc
  .integer({ min: -60, max: 60 })
  .map((days) => new Date(Date.UTC(2026, 10, 20) + days * 86_400_000).toISOString().slice(0, 10))
const anyNumber = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -9, max: 9, noNaN: true }))
const ordered = <T extends string | number>(one: fc.Arbitrary<T>) =>
  fc.tuple(one, one).map(([a, b]) => (a <= b ? [a, b] : [b, a]))

/** Values by what an operator compares with. Texts are short so that they are found now and then, and odd at times. */
const operands = {
  none: () => fc.constant(undefined),
  text: () =>
    fc.oneof(
      fc.constantFrom('a', 'Budi', 'ti', '%', "'", '\\', '_'),
      fc.string({ minLength: 1, maxLength: 4 }).filter((text) => !text.includes('\0')),
    ),
  number: () => anyNumber,
  number_range: () => ordered(anyNumber),
  date: () => anyDay,
  date_range: () => ordered(anyDay),
  days: () => fc.integer({ min: 1, max: 60 }),
  choices: (choices: readonly string[]) => fc.uniqueArray(fc.constantFrom(...choices), { minLength: 1 }),
  yes_no: () => fc.boolean(),
}

const choicesOf: Readonly<Record<string, readonly string[]>> = {
  language: ['id', 'en'],
  timeZone: ['Asia/Jakarta', 'Asia/Makassar'],
  source: ['manual', 'import'],
}

function anyComparison(type: SegmentValueType, choices: readonly string[]) {
  const known = Object.entries(segmentOperators[type])
  return fc
    .constantFrom(...known)
    .chain(([operator, operand]) =>
      operands[operand](choices).map((value) => (value === undefined ? { operator } : { operator, value })),
    )
}

function anyCondition({
  customFields,
  listIds,
  tagIds,
  campaignIds,
}: SegmentVocabulary): fc.Arbitrary<SegmentCondition> {
  const fields = Object.entries(segmentFields).map(([field, type]) =>
    anyComparison(type, choicesOf[field] ?? []).map((rest) => ({ kind: 'field', field, ...rest })),
  )
  const customs = [...customFields].map(([fieldId, { type, choices }]) =>
    anyComparison(type, choices).map((rest) => ({ kind: 'custom', fieldId, ...rest })),
  )
  const groups = (
    [
      ['list', listIds],
      ['tag', tagIds],
    ] as const
  ).map(([kind, ids]) =>
    fc.record({
      kind: fc.constant(kind),
      operator: fc.constantFrom('any', 'none'),
      ids: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }),
    }),
  )
  return fc.oneof(
    ...fields,
    ...customs,
    ...groups,
    fc.record({
      kind: fc.constant('consent'),
      purpose: fc.constant('marketing'),
      states: fc.uniqueArray(fc.constantFrom(...segmentConsents), { minLength: 1 }),
    }),
    fc.record({ kind: fc.constant('suppressed'), value: fc.boolean() }),
    fc.record({
      kind: fc.constant('activity'),
      activity: fc.constantFrom(...segmentActivities),
      operator: fc.constantFrom('did', 'did_not'),
      withinDays: fc.option(fc.integer({ min: 1, max: 60 })),
      campaignId: fc.option(fc.constantFrom(...campaignIds)),
    }),
  ) as fc.Arbitrary<SegmentCondition>
}

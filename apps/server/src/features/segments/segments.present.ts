import type { ResponseInput, segmentOperations } from '@siar/contract'
import type { JudgedSegment, Preview } from './segments.service.ts'

export function presentSegment(segment: JudgedSegment): ResponseInput<typeof segmentOperations.get> {
  const { id, name, description, rule, problems, createdAt, updatedAt } = segment
  return {
    id,
    name,
    description,
    rule,
    problems: problems.map(({ path, message, code }) => ({ path, message, code: code ?? '' })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export function presentPreview({
  contacts,
  sample,
}: Preview): ResponseInput<typeof segmentOperations.preview> {
  return {
    contacts,
    sample: sample.map((person) => ({
      ...person,
      lastContactedAt: person.lastContactedAt?.toISOString() ?? null,
    })),
  }
}

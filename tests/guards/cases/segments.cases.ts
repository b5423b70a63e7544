import type { segmentOperations } from '@siar/contract'
import type { Call, CasesOf } from './case.ts'
import { foreign, own } from './case.ts'

const segment: Call = async ({ newSegment }) => ({ params: { segmentId: await newSegment() } })

export const segmentCases: CasesOf<typeof segmentOperations> = {
  'segments.list': own(),
  'segments.get': foreign(segment),
  'segments.create': own(({ name }) => ({
    body: {
      name: name('segment'),
      rule: { kind: 'field', field: 'fullName', operator: 'contains', value: 'a' },
    },
  })),
  'segments.update': foreign(async (place) => ({
    ...(await segment(place)),
    body: { name: place.name('segment') },
  })),
  'segments.remove': foreign(segment),
  'segments.preview': own(() => ({
    body: {
      rule: {
        kind: 'any',
        rules: [
          { kind: 'suppressed', value: true },
          { kind: 'field', field: 'fullName', operator: 'is_set' },
        ],
      },
    },
  })),
}

import { isAppError } from '@siar/domain'
import type { SegmentRule } from '@siar/domain'
import { createSegmentService } from '../../apps/server/src/features/segments/index.ts'
import type { Core } from '../../apps/server/src/core.ts'
import { median, rounded } from '../bench.ts'
import type { SegmentCrowd } from './segment-people.ts'

/** With one of two marks and an agreement; neither with a third mark nor suppressed; and one of three fields fits. */
function nestedRule({ tagId, otherTagId, listId, cityFieldId }: SegmentCrowd): SegmentRule {
  return {
    kind: 'all',
    rules: [
      {
        kind: 'any',
        rules: [
          { kind: 'tag', operator: 'any', ids: [tagId] },
          { kind: 'list', operator: 'any', ids: [listId] },
        ],
      },
      { kind: 'consent', purpose: 'marketing', states: ['granted'] },
      {
        kind: 'not',
        rule: {
          kind: 'any',
          rules: [
            { kind: 'tag', operator: 'any', ids: [otherTagId] },
            { kind: 'suppressed', value: true },
          ],
        },
      },
      {
        kind: 'any',
        rules: [
          { kind: 'field', field: 'language', operator: 'any_of', value: ['en'] },
          { kind: 'custom', fieldId: cityFieldId, operator: 'is', value: 'Kota 7' },
          { kind: 'field', field: 'createdAt', operator: 'in_last_days', value: 200 },
        ],
      },
    ],
  }
}

/** The tag is a tenth of the people; of each the one message they were sent is looked at. */
const quietRule = ({ tagId }: SegmentCrowd): SegmentRule => ({
  kind: 'all',
  rules: [
    { kind: 'tag', operator: 'any', ids: [tagId] },
    { kind: 'activity', activity: 'read', operator: 'did_not', withinDays: 30, campaignId: null },
  ],
})

export interface SegmentFigures {
  readonly segmentCountMs: number
  /** Null when it was stopped for taking longer than the product allows. */
  readonly segmentPeople: number | null
  readonly quietCountMs: number
  readonly quietPeople: number | null
  /** `select count(*)` of the same people without row security. */
  readonly countMs: number
}

async function timed<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now()
  const value = await run()
  return { ms: performance.now() - startedAt, value }
}

function stoppedForTime(error: unknown): null {
  if (isAppError(error) && error.code === 'segment_too_slow') return null
  throw error
}

/** Counts through the service as the screen does, in one transaction under row security; the first of each warms up. */
export async function measureSegments(
  core: Core,
  crowd: SegmentCrowd,
  runs: number,
  say: (line: string) => void,
): Promise<SegmentFigures> {
  const segments = createSegmentService(core)
  const count = async (what: string, ask: () => Promise<number>) => {
    const run = () => ask().catch(stoppedForTime)
    await run()
    const found: { ms: number; value: number | null }[] = []
    for (let round = 0; round < runs; round += 1) found.push(await timed(run))
    const ms = rounded(median(found.map((one) => one.ms)))
    say(`${what}: ${ms} ms`)
    return { ms, people: found[0]?.value ?? null }
  }
  const through = (rule: SegmentRule) => async () =>
    (await segments.preview(crowd.workspaceId, rule, 0)).contacts
  const bare = await count('bare count', async () => {
    const { rows } = await core.database.pool.query<{ count: number }>(
      'select count(*)::int as count from contacts where workspace_id = $1',
      [crowd.workspaceId],
    )
    return rows[0]?.count ?? 0
  })
  const nested = await count('nested segment', through(nestedRule(crowd)))
  const quiet = await count('tag and did not read', through(quietRule(crowd)))
  return {
    segmentCountMs: nested.ms,
    segmentPeople: nested.people,
    quietCountMs: quiet.ms,
    quietPeople: quiet.people,
    countMs: bare.ms,
  }
}

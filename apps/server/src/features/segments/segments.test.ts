import type { SegmentId, SegmentRule } from '@siar/domain'
import { anySegmentRule } from '@siar/domain/testing'
import { testDatabase } from '@siar/test-kit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createContactsService } from '../contacts/index.ts'
import { createSegmentService } from './index.ts'
import { refuseSlow } from './refuse-slow.ts'
import { buildCrowd } from './segment-crowd.fixtures.ts'
import { isFound } from './segments.fixtures.ts'

const core = createTestCore(await testDatabase())
const service = createSegmentService(core)
const byBits = createSegmentService(core, { largeFrom: 1 })
const contacts = createContactsService(core)
const owner = buildActor(core)
const workspaceId = await buildWorkspace(core)
const { vocabulary, people } = await buildCrowd(core, workspaceId)
const neighbours = await buildWorkspace(core)
const neighbour = await buildCrowd(core, neighbours)

const clock = { now: core.now(), timeZone: 'Asia/Jakarta' }
const isEnglish: SegmentRule = { kind: 'field', field: 'language', operator: 'any_of', value: ['en'] }
const create = (name: string, rule: SegmentRule = isEnglish) =>
  service.create(workspaceId, owner, { name, description: '', rule })
const problemsOf = (rule: SegmentRule) =>
  service.preview(workspaceId, rule, 0).then(
    () => [],
    (error: { details: { problems: { path: string; code: string }[] } }) =>
      error.details.problems.map(({ path, code }) => `${path} ${code}`),
  )

describe('whom a rule finds', () => {
  test.each([
    ['by their members', service],
    ['by their bits', byBits],
  ])(
    'with tags and lists looked up %s is exactly whom a plain reading finds, and no neighbour',
    async (_, judged) => {
      await fc.assert(
        fc.asyncProperty(anySegmentRule(vocabulary), async (rule) => {
          const expected = people.filter((person) => isFound(rule, person, clock)).map(({ id }) => id)
          const found = await judged.preview(workspaceId, rule, 50)
          expect(found.sample.map(({ id }) => id).sort()).toEqual(expected.sort())
          expect(found.contacts).toBe(expected.length)
        }),
        { numRuns: 300 },
      )
    },
  )

  test('answers every kind of condition the same as a plain reading, each by itself and turned around', async () => {
    const rules = fc
      .sample(anySegmentRule(vocabulary), 400)
      .filter((rule) => !('rules' in rule) && rule.kind !== 'not')
    expect(rules.length).toBeGreaterThan(50)
    for (const rule of rules) {
      const expected = people.filter((person) => isFound(rule, person, clock)).length
      expect((await service.preview(workspaceId, rule, 0)).contacts, JSON.stringify(rule)).toBe(expected)
      const turned = await service.preview(workspaceId, { kind: 'not', rule }, 0)
      expect(turned.contacts, JSON.stringify(rule)).toBe(people.length - expected)
    }
  })

  test('values are never read as SQL', async () => {
    const texts = ["'; drop table contacts; --", '%', '_', '\\', '$1', '" or 1=1', '{}', "' or ''='"]
    for (const value of texts) {
      for (const operator of ['is', 'contains', 'starts_with', 'ends_with'] as const) {
        const rule: SegmentRule = { kind: 'field', field: 'fullName', operator, value }
        const expected = people.filter((person) => isFound(rule, person, clock)).length
        expect((await service.preview(workspaceId, rule, 0)).contacts, `${operator} ${value}`).toBe(expected)
      }
    }
  })
})

describe('saving', () => {
  test('keeps the rule as it is, by name, and writes who did it', async () => {
    const rule: SegmentRule = {
      kind: 'all',
      rules: [isEnglish, { kind: 'not', rule: { kind: 'suppressed', value: true } }],
    }
    const made = await create('English', rule)
    expect(made).toMatchObject({ name: 'English', rule, problems: [] })
    const changed = await service.update(workspaceId, owner, made.id, { name: 'In English', rule: isEnglish })
    expect(changed).toMatchObject({ name: 'In English', description: '', rule: isEnglish })
    await create('Another')
    const names = (await service.list(workspaceId)).map(({ name }) => name)
    expect(names).toEqual(['Another', 'In English'])
    await service.remove(workspaceId, owner, made.id)
    await expect(service.get(workspaceId, made.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(core.audits.map(({ action, subjectId }) => [action, subjectId])).toEqual(
      expect.arrayContaining([
        ['segment.create', made.id],
        ['segment.update', made.id],
        ['segment.remove', made.id],
      ]),
    )
  })

  test('a name belongs to one segment, whatever its case', async () => {
    const { id } = await create('Regulars')
    await expect(create('REGULARS')).rejects.toMatchObject({ code: 'already_exists' })
    const other = await create('Others')
    await expect(service.update(workspaceId, owner, other.id, { name: 'regulars' })).rejects.toMatchObject({
      code: 'already_exists',
    })
    expect((await service.get(workspaceId, id)).name).toBe('Regulars')
  })

  test('what the workspace does not have is told for each rule, also when the neighbours have it', async () => {
    const [listId = ''] = neighbour.vocabulary.listIds
    const [tagId = ''] = neighbour.vocabulary.tagIds
    const [fieldId = ''] = neighbour.vocabulary.customFields.keys()
    const [campaignId = ''] = neighbour.vocabulary.campaignIds
    const rule: SegmentRule = {
      kind: 'any',
      rules: [
        { kind: 'list', operator: 'any', ids: [listId] },
        { kind: 'not', rule: { kind: 'tag', operator: 'none', ids: [tagId] } },
        { kind: 'custom', fieldId, operator: 'is_set' },
        isEnglish,
        { kind: 'activity', activity: 'read', operator: 'did', withinDays: 3, campaignId },
      ],
    }
    const expected = [
      'rule.rules.0.ids.0 segment_list_unknown',
      'rule.rules.1.rule.ids.0 segment_tag_unknown',
      'rule.rules.2.fieldId segment_field_unknown',
      'rule.rules.4.campaignId segment_campaign_unknown',
    ]
    expect(await problemsOf(rule)).toEqual(expected)
    await expect(create('Foreign', rule)).rejects.toMatchObject({ code: 'validation_failed' })
  })

  test('a segment whose tag was deleted says so and can still be read', async () => {
    const tag = await contacts.groups.createTag(workspaceId, owner, { name: 'Soon gone', colour: 'teal' })
    const { id } = await create('Tagged', { kind: 'tag', operator: 'none', ids: [tag.id] })
    await contacts.groups.removeTag(workspaceId, owner, tag.id as never)
    expect((await service.get(workspaceId, id)).problems).toMatchObject([
      { path: 'rule.ids.0', code: 'segment_tag_unknown' },
    ])
  })

  test('is unknown to the neighbours', async () => {
    const { id } = await create('Ours')
    await expect(service.get(neighbours, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(service.update(neighbours, owner, id, { name: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(service.remove(neighbours, owner, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await service.list(neighbours)).toEqual([])
    await expect(service.get(workspaceId, core.newId('seg') as SegmentId)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

test('a count that takes too long is refused in plain words', async () => {
  const slow = refuseSlow(() =>
    core.inWorkspace(workspaceId, async (scope) => {
      await scope.execute('set local statement_timeout = 20')
      return scope.query('select pg_sleep(10)')
    }),
  )
  await expect(slow).rejects.toMatchObject({ code: 'segment_too_slow' })
})

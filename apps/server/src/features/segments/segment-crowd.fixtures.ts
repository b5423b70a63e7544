import type { SegmentVocabulary, WorkspaceId } from '@siar/domain'
import type { TestCore } from '../../testing/test-core.ts'
import type { KnownPerson } from './segments.fixtures.ts'

export interface Crowd {
  readonly vocabulary: SegmentVocabulary
  readonly people: readonly KnownPerson[]
}

const fieldTypes = ['text', 'number', 'date', 'choice', 'yes_no'] as const
const names = ['Budi Santoso', 'BUDI', 'Siti 100%', "O'Neil \\ Sons", '', 'tika_a', 'Ana']

/**
 * Thirty people that differ in everything a rule may ask about, with lists, tags, fields and a past in two campaigns. Their numbers lie
 * apart, in several blocks of bits.
 */
export async function buildCrowd(core: TestCore, workspaceId: WorkspaceId): Promise<Crowd> {
  const { pool } = core.database
  const make = async (table: string, prefix: 'lst' | 'tag' | 'cmp' | 'fld', row: Record<string, unknown>) => {
    const id = core.newId(prefix) as string
    const entries = Object.entries({ id, workspace_id: workspaceId, ...row })
    await pool.query(
      `insert into ${table} (${entries.map(([name]) => name).join(', ')})
       values (${entries.map((_, index) => `$${index + 1}`).join(', ')})`,
      entries.map(([, value]) => value),
    )
    return id
  }
  const listIds = [await make('lists', 'lst', { name: 'A' }), await make('lists', 'lst', { name: 'B' })]
  const tagIds = [await make('tags', 'tag', { name: 'VIP' }), await make('tags', 'tag', { name: 'New' })]
  const campaigns: { id: string; runId: string }[] = []
  for (const name of ['One', 'Two']) {
    const id = await make('campaigns', 'cmp', { name, purpose: 'marketing', created_by: 'test' })
    const runId = core.newId('run')
    await pool.query(
      `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, created_by)
       values ($1, $2, $3, 1, 'completed', 'marketing', '{}', 'x', 'test')`,
      [runId, workspaceId, id],
    )
    campaigns.push({ id, runId })
  }
  const fields: { id: string; type: (typeof fieldTypes)[number]; choices: string[] }[] = []
  for (const type of fieldTypes) {
    const choices = type === 'choice' ? ['S', 'M', 'L'] : []
    fields.push({
      id: await make('custom_fields', 'fld', {
        key: `my ${type}`,
        label: type,
        type,
        choices: JSON.stringify(choices),
      }),
      type,
      choices,
    })
  }
  const day = 86_400_000
  const daysAgo = (days: number) => new Date(core.now().getTime() - days * day)
  const people: KnownPerson[] = []
  for (let n = 0; n < 30; n += 1) {
    const person = personOf(n, { core, daysAgo, fields, listIds, tagIds, campaigns })
    people.push(person)
    await insertPerson(core, workspaceId, person, n, { fields, campaigns })
  }
  return {
    vocabulary: {
      customFields: new Map(fields.map(({ id, type, choices }) => [id, { type, choices }])),
      listIds: new Set(listIds),
      tagIds: new Set(tagIds),
      campaignIds: new Set(campaigns.map(({ id }) => id)),
    },
    people,
  }
}

interface Shop {
  readonly core: TestCore
  readonly daysAgo: (days: number) => Date
  readonly fields: readonly { readonly id: string; readonly type: (typeof fieldTypes)[number] }[]
  readonly listIds: readonly string[]
  readonly tagIds: readonly string[]
  readonly campaigns: readonly { readonly id: string; readonly runId: string }[]
}

function personOf(n: number, shop: Shop): KnownPerson {
  const { core, daysAgo, fields, listIds, tagIds, campaigns } = shop
  const name = names[n % names.length] ?? ''
  const values = {
    text: name.toLowerCase(),
    number: (n % 11) - 5 + (n % 2) / 2,
    date: daysAgo(((n * 7) % 90) - 30)
      .toISOString()
      .slice(0, 10),
    choice: ['S', 'M', 'L'][n % 3] ?? 'S',
    yes_no: n % 2 === 0,
  }
  return {
    id: core.newId('con'),
    fields: {
      fullName: name,
      firstName: name.split(' ')[0] ?? '',
      lastName: name.split(' ')[1] ?? '',
      email: n % 3 === 0 ? null : n % 3 === 1 ? '' : `a${n}@Example.com`,
      company: n % 4 === 0 ? 'Toko Budi' : null,
      language: [null, 'id', 'en'][n % 3] ?? null,
      timeZone: n % 5 === 0 ? 'Asia/Makassar' : null,
      source: n % 2 === 0 ? 'manual' : 'import',
      active: n % 6 !== 0,
      lastContactedAt: n % 4 === 0 ? null : daysAgo((n * 3) % 70),
      createdAt: daysAgo((n * 5) % 80),
    },
    custom: Object.fromEntries(
      fields.flatMap(({ id, type }, index) => ((n + index) % 4 === 0 ? [] : [[id, values[type]]])),
    ),
    listIds: listIds.filter((_, index) => n % (index + 2) === 0),
    tagIds: tagIds.filter((_, index) => n % (index + 3) === 0),
    consent: ['unknown', 'granted', 'withdrawn'][n % 3] ?? 'unknown',
    isSuppressed: n % 7 === 0,
    messages: campaigns.flatMap(({ id }, index) => {
      const steps = (n + index * 3) % 7
      const at = daysAgo((n * 4 + index * 20) % 75)
      if (steps === 0) return []
      return [
        {
          campaignId: id,
          ...(steps > 1 ? { sent: at } : {}),
          ...(steps > 2 ? { delivered: at } : {}),
          ...(steps > 3 ? { read: at } : {}),
          ...(steps > 4 ? { replied: at } : {}),
          ...(steps > 5 ? { clicked: at } : {}),
        },
      ]
    }),
  }
}

async function insertPerson(
  core: TestCore,
  workspaceId: WorkspaceId,
  person: KnownPerson,
  n: number,
  { fields, campaigns }: Pick<Shop, 'fields' | 'campaigns'>,
): Promise<void> {
  const { pool } = core.database
  const { fields: own } = person
  await pool.query(`select setval('contacts_number_seq', nextval('contacts_number_seq') + 700)`)
  const custom = Object.fromEntries(
    fields.flatMap(({ id, type }) => (id in person.custom ? [[`my ${type}`, person.custom[id]]] : [])),
  )
  await pool.query(
    `insert into contacts (id, workspace_id, full_name, first_name, last_name, email, company, language, time_zone,
       source, active, last_contacted_at, created_at, custom, marketing_consent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      person.id,
      workspaceId,
      ...[
        'fullName',
        'firstName',
        'lastName',
        'email',
        'company',
        'language',
        'timeZone',
        'source',
        'active',
      ].map((name) => own[name]),
      own['lastContactedAt'],
      own['createdAt'],
      JSON.stringify(custom),
      person.consent,
    ],
  )
  const phone = `+62811${String(n).padStart(7, '0')}`
  await pool.query(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country) values ($1, $2, $3, 'phone', $4, 'ID')`,
    [core.newId('adr'), workspaceId, person.id, phone],
  )
  if (person.isSuppressed) {
    await pool.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'manual', 'x')`,
      [core.newId('sup'), workspaceId, phone],
    )
  }
  for (const id of person.listIds)
    await pool.query(`insert into list_members values ($1, $2, $3)`, [workspaceId, id, person.id])
  for (const id of person.tagIds)
    await pool.query(`insert into contact_tags values ($1, $2, $3)`, [workspaceId, id, person.id])
  for (const message of person.messages) {
    await pool.query(
      `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, accepted_at,
         delivered_at, read_at, replied_at, clicked_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'accepted', $8, $9, $10, $11, $12)`,
      [
        core.newId('rcp'),
        workspaceId,
        message.campaignId,
        campaigns.find(({ id }) => id === message.campaignId)?.runId,
        person.id,
        n,
        phone,
        ...(['sent', 'delivered', 'read', 'replied', 'clicked'] as const).map(
          (activity) => message[activity] ?? null,
        ),
      ],
    )
  }
}

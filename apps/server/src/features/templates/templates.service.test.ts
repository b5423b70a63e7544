import { templateOperations } from '@siar/contract'
import { campaigns, contacts, customFields } from '@siar/database'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createTemplateService } from './templates.service.ts'

const database = await testDatabase()
const core = createTestCore(database)
const templates = createTemplateService(core)
const actor = buildActor(core)
let workspaceId = await buildWorkspace(core)

const fields = {
  name: 'Promo Jumat',
  category: 'promotion' as const,
  texts: { id: 'Halo {name}, {diskon|potongan} untuk Anda' },
  footer: '',
  mediaId: null,
  campaignVariables: [],
}

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
})

describe('saving a template', () => {
  test('keeps its texts, tells its variables and its purpose', async () => {
    const saved = await templates.create(workspaceId, actor, 'id', fields)
    expect(saved).toMatchObject({
      name: 'Promo Jumat',
      purpose: 'marketing',
      variables: [{ name: 'name', kind: 'contact', hasDefault: false }],
      campaigns: 0,
    })
    expect(await templates.get(workspaceId, saved.id as never)).toEqual(saved)
  })

  test('refuses an unknown variable and says where it stands', async () => {
    const broken = { ...fields, texts: { id: 'Halo {nmae}' } }
    await expect(templates.create(workspaceId, actor, 'en', broken)).rejects.toMatchObject({
      code: 'template_invalid',
      details: { problems: [{ path: 'texts.id.5', code: 'unknown_variable' }] },
    })
  })

  test('accepts names of custom fields and of the campaign, and tells them apart', async () => {
    await database.db
      .insert(customFields)
      .values({ id: core.newId('fld'), workspaceId, key: 'kota', label: 'Kota' })
    const saved = await templates.create(workspaceId, actor, 'id', {
      ...fields,
      texts: { id: '{kota} {produk=kopi}' },
      campaignVariables: ['produk'],
    })
    expect(saved.variables).toEqual([
      { name: 'kota', kind: 'custom', hasDefault: false },
      { name: 'produk', kind: 'campaign', hasDefault: true },
    ])
  })

  test('counts the campaigns that use it, and refuses to go while one is open', async () => {
    const saved = await templates.create(workspaceId, actor, 'id', fields)
    const campaign = { workspaceId, name: 'Kampanye', purpose: 'marketing' as const, createdBy: actor.id }
    await database.db.insert(campaigns).values({ ...campaign, id: core.newId('cmp'), templateId: saved.id })
    const [listed] = (await templates.list(workspaceId, { limit: 10 })).data
    expect(listed?.campaigns).toBe(1)
    for (const status of ['draft', 'running', 'paused', 'halted'] as const) {
      await database.db.update(campaigns).set({ status })
      const removed = templates.remove(workspaceId, actor, saved.id as never)
      await expect(removed, status).rejects.toMatchObject({ code: 'template_in_use' })
    }
  })

  test('leaves alone what a change does not name', async () => {
    const saved = await templates.create(workspaceId, actor, 'id', { ...fields, footer: 'Kopi Melati' })
    const change = templateOperations.update.body.parse({ name: 'Promo Sabtu' })
    const changed = await templates.update(workspaceId, actor, 'id', saved.id as never, change)
    expect(changed).toMatchObject({ name: 'Promo Sabtu', footer: 'Kopi Melati', texts: fields.texts })
  })

  test('answers a taken name with a conflict', async () => {
    await templates.create(workspaceId, actor, 'id', fields)
    await expect(
      templates.create(workspaceId, actor, 'id', { ...fields, name: 'PROMO jumat' }),
    ).rejects.toMatchObject({ code: 'already_exists' })
  })

  test("never shows or changes another workspace's template", async () => {
    const saved = await templates.create(workspaceId, actor, 'id', fields)
    const foreign = await buildWorkspace(core)
    await expect(templates.get(foreign, saved.id as never)).rejects.toMatchObject({ code: 'not_found' })
    await expect(templates.remove(foreign, actor, saved.id as never)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await templates.get(workspaceId, saved.id as never)).toEqual(saved)
  })

  test('lists every template once over several pages', async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      await core.clock.advanceBy(1000)
      await templates.create(workspaceId, actor, 'id', { ...fields, name: `Promo ${number}` })
    }
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await templates.list(workspaceId, { limit: 2, cursor })
      names.push(...page.data.map((template) => template.name))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(names).toEqual(['Promo 5', 'Promo 4', 'Promo 3', 'Promo 2', 'Promo 1'])
  })
})

describe('previewing a text', () => {
  const body = { text: '{Halo|Hai} {name}', values: {}, campaignVariables: [], samples: 3 }

  test('shows different variants and how many there are', async () => {
    const preview = await templates.preview(workspaceId, 'id', body)
    expect(preview.variants).toBe(2)
    expect(new Set(preview.samples)).toEqual(new Set(['Halo Sari Wulandari', 'Hai Sari Wulandari']))
    expect(preview.issues).toEqual([])
  })

  test("uses a real person's fields", async () => {
    const contactId = core.newId('con')
    await database.db.insert(contacts).values({ id: contactId, workspaceId, fullName: 'Budi' })
    const preview = await templates.preview(workspaceId, 'id', { ...body, text: 'Pak {name}', contactId })
    expect(preview.samples).toEqual(['Pak Budi'])
  })

  test('explains a broken text in the language of the person', async () => {
    const preview = await templates.preview(workspaceId, 'en', { ...body, text: 'Hi {name' })
    expect(preview.samples).toEqual([])
    expect(preview.issues).toEqual([
      { code: 'unclosed_brace', message: 'This { is never closed. Write \\{ to show a brace.', position: 3 },
    ])
  })
})

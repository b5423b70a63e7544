import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TemplateDesk } from '@siar/channel'
import { startMetaWorld } from './testing/meta-world.ts'
import type { MetaSender, MetaWorld } from './testing/meta-world.ts'
import { openSession } from './testing/open-session.ts'
import type { OpenedSession } from './testing/open-session.ts'
import { templateOf } from './testing/templates.ts'

let world: MetaWorld
beforeAll(async () => {
  world = await startMetaWorld()
})
afterAll(() => world.close())

async function openDesk(): Promise<OpenedSession & { desk: TemplateDesk; sender: MetaSender }> {
  const sender = world.addSender()
  const opened = await openSession(world, sender)
  const { templates } = opened.session
  if (templates === null) throw new Error('Cloud API has templates')
  return { ...opened, desk: templates, sender }
}

describe('templates of the account', () => {
  test('one is submitted, approved after a while, and read back as it was', async () => {
    const { desk, hears } = await openDesk()
    const submission = templateOf('promo', {
      header: { kind: 'text', text: 'Halo {{nama}}', examples: [{ name: 'nama', example: 'Sari' }] },
      body: 'Diskon {{persen}} untuk {{nama}}',
      examples: [
        { name: 'persen', example: '10%' },
        { name: 'nama', example: 'Sari' },
      ],
    })
    expect(await desk.submit(submission)).toMatchObject({
      kind: 'submitted',
      template: { status: 'PENDING', category: 'MARKETING' },
    })
    await hears({ type: 'template', name: 'promo', language: 'id', status: 'APPROVED' })
    const { name, language, category, ...rest } = submission
    expect(await desk.list()).toMatchObject([
      { name, language, category, status: 'APPROVED', parameterFormat: 'NAMED', submission: rest },
    ])
  })

  test('a rejection comes with its reason, and Meta may change the category', async () => {
    const { desk, hears } = await openDesk()
    world.server.control.addReviewRule({ name: 'ditolak', end: 'reject', reason: 'ABUSIVE_CONTENT' })
    world.server.control.addReviewRule({ name: 'layanan', end: 'recategorise', category: 'MARKETING' })
    await desk.submit(templateOf('ditolak'))
    await hears({ type: 'template', name: 'ditolak', status: 'REJECTED', reason: 'ABUSIVE_CONTENT' })
    await desk.submit(templateOf('layanan', { category: 'UTILITY' }))
    await hears({ type: 'template', name: 'layanan', category: 'MARKETING', status: null })
    const listed = await desk.list()
    expect(listed.find(({ name }) => name === 'layanan')).toMatchObject({ category: 'MARKETING' })
    expect(listed.find(({ name }) => name === 'ditolak')).toMatchObject({ reason: 'ABUSIVE_CONTENT' })
  })

  test('what the author can mend is a refusal with the sentence of Meta', async () => {
    const { desk } = await openDesk()
    expect(await desk.submit(templateOf('promo', { body: 'Halo {{nama}}' }))).toMatchObject({
      kind: 'refused',
      code: '100',
      detail: expect.stringContaining('example') as string,
    })
    await desk.submit(templateOf('promo'))
    expect(await desk.submit(templateOf('promo'))).toMatchObject({ kind: 'refused', subcode: '2388024' })
  })

  test('all pages are listed, and one that is removed is gone', async () => {
    const { desk } = await openDesk()
    for (let index = 0; index < 230; index += 1) await desk.submit(templateOf(`promo_${index}`))
    expect(new Set((await desk.list()).map(({ name }) => name)).size).toBe(230)
    await desk.remove('promo_7')
    await desk.remove('promo_7')
    expect((await desk.list()).some(({ name }) => name === 'promo_7')).toBe(false)
  })

  test('an example of a media header is uploaded whole for its handle', async () => {
    const { desk } = await openDesk()
    const data = new Uint8Array(100_000).fill(7)
    const handle = await desk.uploadExample({ mimeType: 'image/jpeg', fileName: 'a.jpg', data })
    const header = { kind: 'media', media: 'image', exampleHandle: handle } as const
    expect(await desk.submit(templateOf('gambar', { header }))).toMatchObject({ kind: 'submitted' })
  })

  test('after Meta asked for a pause nothing is asked for a while', async () => {
    const { desk, sender } = await openDesk()
    world.server.control.addRule({
      objectId: sender.wabaId,
      call: 'management',
      count: 1,
      end: { kind: 'error', code: 80007 },
    })
    await expect(desk.list()).rejects.toMatchObject({ reason: 'rate_limited' })
    const before = world.server.control.counts().calls.refused
    await expect(desk.list()).rejects.toMatchObject({ reason: 'rate_limited' })
    expect(world.server.control.counts().calls.refused).toBe(before)
  })
})

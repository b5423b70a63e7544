import { templates } from '@siar/database'
import { testDatabase } from '@siar/test-kit'
import sharp from 'sharp'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createMediaService } from './media.service.ts'

const database = await testDatabase()
const core = createTestCore(database, { config: { mediaSizeBytesMax: 2_000_000 } })
const media = createMediaService(core)
const actor = buildActor(core)
const workspaceId = await buildWorkspace(core)

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#0f766e' } })

const file = (bytes: Uint8Array, fileName = 'foto.jpg') => ({
  fileName,
  mimeType: 'image/jpeg',
  content: Readable.from([Buffer.from(bytes)]),
})

test('fits an image into what channels take, and keeps a thumbnail', async () => {
  const big = await photo(4000, 1000).jpeg().toBuffer()
  const saved = await media.upload(workspaceId, actor, file(big))
  expect(saved).toMatchObject({ kind: 'image', mimeType: 'image/jpeg', width: 2560, height: 640 })
  const thumbnail = await media.open(workspaceId, saved.id as never, 'thumbnail')
  expect(await sharp(await buffer(thumbnail.stream)).metadata()).toMatchObject({ width: 320, height: 80 })
})

test('turns WebP into JPEG and drops the hidden data of the camera', async () => {
  const webp = await photo(300, 200)
    .withExif({ IFD0: { Artist: 'rahasia' } })
    .webp()
    .toBuffer()
  const saved = await media.upload(workspaceId, actor, file(webp, 'gambar.webp'))
  expect(saved).toMatchObject({ mimeType: 'image/jpeg', fileName: 'gambar.jpg' })
  const full = await media.open(workspaceId, saved.id as never, 'full')
  expect((await sharp(await buffer(full.stream)).metadata()).exif).toBeUndefined()
})

test('keeps one copy of the same bytes', async () => {
  const bytes = await photo(120, 90).jpeg().toBuffer()
  const first = await media.upload(workspaceId, actor, file(bytes))
  const second = await media.upload(workspaceId, actor, file(bytes, 'lain.jpg'))
  expect(second.id).toBe(first.id)
})

test.each([
  ['a program', Buffer.from('MZ\u0000\u0000program'), 'foto.jpg'],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'halaman.html'],
  [
    'a broken image',
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('bukan gambar')]),
    'foto.jpg',
  ],
  ['nothing', Buffer.alloc(0), 'kosong.jpg'],
])('refuses %s whatever it is called', async (_what, bytes, fileName) => {
  await expect(media.upload(workspaceId, actor, file(bytes, fileName))).rejects.toMatchObject({
    code: 'media_invalid',
  })
})

test('refuses a file over the limit while it still arrives', async () => {
  await expect(media.upload(workspaceId, actor, file(Buffer.alloc(2_100_000)))).rejects.toMatchObject({
    code: 'payload_too_large',
  })
})

test("never opens another workspace's file", async () => {
  const saved = await media.upload(workspaceId, actor, file(await photo(64, 64).jpeg().toBuffer()))
  const foreign = await buildWorkspace(core)
  await expect(media.open(foreign, saved.id as never, 'full')).rejects.toMatchObject({ code: 'not_found' })
})

test('counts the templates that use a file, and keeps it while there are any', async () => {
  const saved = await media.upload(workspaceId, actor, file(await photo(32, 32).jpeg().toBuffer()))
  const template = { workspaceId, name: 'Promo', category: 'promotion' as const, texts: { id: 'Halo' } }
  await database.db
    .insert(templates)
    .values({ ...template, id: core.newId('tpl'), mediaId: saved.id, createdBy: actor.id })
  const listed = (await media.list(workspaceId, { limit: 50 })).data.find(({ id }) => id === saved.id)
  expect(listed?.templates).toBe(1)
  await expect(media.remove(workspaceId, actor, saved.id as never)).rejects.toMatchObject({
    code: 'media_in_use',
  })
})

test('keeps a file that a run still sends, whatever its template names by now', async () => {
  const saved = await media.upload(workspaceId, actor, file(await photo(48, 48).jpeg().toBuffer()))
  const campaignId = core.newId('cmp')
  const runId = core.newId('run')
  await database.pool.query(
    `insert into campaigns (id, workspace_id, name, purpose, status, created_by) values ($1, $2, 'Promo', 'marketing', 'paused', $3)`,
    [campaignId, workspaceId, actor.id],
  )
  await database.pool.query(
    `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, created_by, started_at)
     values ($1, $2, $3, 1, 'paused', 'marketing', $4, $1, $5, now())`,
    [runId, workspaceId, campaignId, JSON.stringify({ media: { id: saved.id } }), actor.id],
  )
  await expect(media.remove(workspaceId, actor, saved.id as never)).rejects.toMatchObject({
    code: 'media_in_use',
  })
  await database.pool.query(`update runs set status = 'completed' where id = $1`, [runId])
  await media.remove(workspaceId, actor, saved.id as never)
})

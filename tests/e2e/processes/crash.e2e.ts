import {
  campaignOperations,
  contactOperations,
  dashboardOperations,
  identityOperations,
  importOperations,
} from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import { request } from 'playwright-core'
import type { APIRequestContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../api.ts'
import type { Api } from '../api.ts'
import { framesOf, reached, shownTwice } from '../frames.ts'
import { startSiar } from '../siar.ts'
import type { Siar } from '../siar.ts'
import {
  campaignWhen,
  consentedList,
  countedOnce,
  draftCampaign,
  onlineSender,
  somePeople,
} from '../world.ts'

const ADMIN = { name: 'Rani Wijaya', email: 'rani@kopi.example', password: 'seduh-manual-92C' }
const IMPORT_ROWS = 100_000
const REPEATED_ROWS = 5_000
const CALM = {
  standsFor: 'linked_device' as const,
  latencyMsMin: 20,
  latencyMsMax: 120,
  timeScale: 60,
  failures: { refused: 0, notSent: 0, unknown: 0 },
}
const CAMPAIGN_PEOPLE = 1_500

let siar: Siar
let session: APIRequestContext
let api: Api
let workspaceId: string

beforeAll(async () => {
  siar = await startSiar({ SIAR_DEMO: 'off' })
  session = await request.newContext({ baseURL: siar.url })
  const token = new URL(await siar.setUpLink()).searchParams.get('token') ?? ''
  const body = { ...ADMIN, token, workspaceName: 'Kedai Tahan Banting', language: 'en' as const }
  ;({ workspaceId } = await createApi(session, siar.url, null).call(identityOperations.completeSetUp, {
    body,
  }))
  const { email, password } = ADMIN
  await session.post('/api/auth/sign-in/email', { data: { email, password } })
  api = createApi(session, siar.url, workspaceId)
})

afterAll(async () => {
  await session?.dispose()
  await siar?.remove()
})

test('an import whose process is killed goes on by itself after the restart: no row lost, none counted twice', async () => {
  const people = somePeople('303', IMPORT_ROWS)
  const again = people
    .split('\n')
    .slice(1, REPEATED_ROWS + 1)
    .join('\n')
  const importId = await upload(`${people}${again}\n`)
  const params = { importId }
  await api.call(importOperations.start, {
    params,
    body: { mapping: ['full_name', 'phone'], hasHeader: true, newListName: 'Seratus ribu' },
  })
  await waitUntil(async () => (await api.call(importOperations.get, { params })).rowsDone > 0, {
    timeoutMs: 30_000,
    what: 'the first rows',
  })
  await siar.kill()
  await siar.start()

  const before = await api.call(importOperations.get, { params })
  expect(before.rowsDone).toBeLessThan(IMPORT_ROWS)
  const ended = await waitUntil(
    async () => {
      const row = await api.call(importOperations.get, { params })
      return row.status === 'running' ? null : row
    },
    { timeoutMs: 90_000, everyMs: 100, what: 'the import to end' },
  )
  expect(ended).toMatchObject({
    status: 'completed',
    valid: IMPORT_ROWS,
    created: IMPORT_ROWS,
    duplicates: REPEATED_ROWS,
    invalid: 0,
  })
  expect((await api.call(dashboardOperations.get)).contacts).toBe(IMPORT_ROWS)
  const { data: lists } = await api.call(contactOperations.listLists)
  expect(lists).toMatchObject([{ name: 'Seratus ribu', contacts: IMPORT_ROWS }])
})

test('a campaign whose process is killed reaches everybody after the restart: nobody lost, nobody twice', async () => {
  const [senderId, strictId, listId] = await Promise.all([
    onlineSender(api, 'Mengenali ulang'),
    onlineSender(api, 'Tidak mengenali', {
      simulator: { ...CALM, dedupesOurId: false },
    }),
    consentedList(api, 'Penerima', somePeople('404', CAMPAIGN_PEOPLE)),
  ])
  const senderIds = [senderId, strictId]
  const campaignId = await draftCampaign(api, { name: 'Listrik padam', listId, senderIds })
  await api.call(campaignOperations.start, { params: { campaignId } })
  await waitUntil(() => framesOf(siar.dataDir, senderIds).length > 20, {
    timeoutMs: 30_000,
    what: 'the first frames',
  })
  await siar.kill()
  expect(framesOf(siar.dataDir, senderIds).length).toBeLessThan(CAMPAIGN_PEOPLE)
  await siar.start()

  const ended = await campaignWhen(api, campaignId, 'its end', ({ status }) => status === 'completed')
  expect(ended.figures.total).toBe(CAMPAIGN_PEOPLE)
  expect(countedOnce(ended)).toBe(CAMPAIGN_PEOPLE)
  expect(ended.figures.queued + ended.figures.cancelled + ended.figures.skipped).toBe(0)

  const frames = framesOf(siar.dataDir, senderIds)
  const strictFrames = framesOf(siar.dataDir, [strictId])
  expect(shownTwice(frames)).toEqual([])
  expect(new Set(strictFrames.map(({ to }) => to)).size).toBe(strictFrames.length)
  const { sent, unknown } = ended.figures
  expect(reached(frames).size).toBeGreaterThanOrEqual(sent)
  expect(reached(frames).size).toBeLessThanOrEqual(sent + unknown)
})

async function upload(text: string): Promise<string> {
  const answer = await session.post(importOperations.upload.path, {
    headers: { 'x-siar-workspace': workspaceId, 'idempotency-key': 'the-only-upload' },
    multipart: { file: { name: 'seratus-ribu.csv', mimeType: 'text/csv', buffer: Buffer.from(text) } },
  })
  return importOperations.upload.response.parse(await answer.json()).id
}

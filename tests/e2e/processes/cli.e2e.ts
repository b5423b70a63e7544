import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { campaignOperations, identityOperations, workspaceOperations } from '@siar/contract'
import { request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from '../api.ts'
import { startSharedSiar } from '../shared-siar.ts'
import type { SharedSiar } from '../shared-siar.ts'
import { newFolder, removeData, runSiar } from '../siar.ts'
import type { Finished } from '../siar.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url))
const NUMBERS = path.join(EXAMPLES, 'numbers.txt')
const MESSAGE = path.join(EXAMPLES, 'message.txt')
const PICTURE = path.join(EXAMPLES, 'promo.jpg')
const CONSENT = ['--consent', 'Signed the form at the counter']

let siar: SharedSiar
let stop: () => Promise<void>
let folder: string

beforeAll(async () => {
  folder = await newFolder()
  ;({ siar, stop } = await startSharedSiar())
})

afterAll(async () => {
  await removeData(folder)
  await stop?.()
})

/** `siar …` in a folder of its own, where its logs land too. */
function siarIn(dataDir: string, ...args: readonly string[]): Promise<Finished> {
  return runSiar(args, folder, { SIAR_DATA_DIR: dataDir })
}

const inFolder = (...args: readonly string[]): Promise<Finished> => siarIn(path.join(folder, 'data'), ...args)

function broadcast(file: string, ...more: readonly string[]): Promise<Finished> {
  return inFolder('broadcast', file, '--message', MESSAGE, '--via', 'simulator', '--wait', '3', ...more)
}

interface Summary {
  readonly total: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
  readonly skipped: number
  readonly sent: number
  readonly delivered: number
  readonly read: number
  readonly failed: number
  readonly unknown: number
}

function summaryOf({ stdout, stderr }: Finished): Summary {
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) throw new Error(`There is no summary. ${stderr.slice(-2000)}`)
  return JSON.parse(last) as Summary
}

function expectToAddUp(summary: Summary): void {
  const { total, valid, duplicates, invalid, skipped, sent, delivered, read, failed, unknown } = summary
  expect(valid + duplicates + invalid).toBe(total)
  expect(skipped + sent + failed + unknown).toBe(valid)
  expect(read).toBeLessThanOrEqual(delivered)
  expect(delivered).toBeLessThanOrEqual(sent)
}

async function logLines(): Promise<string[]> {
  return (await readFile(path.join(folder, 'logs.txt'), 'utf8')).trim().split('\n')
}

test('the first broadcast needs nothing but the examples: every row is explained, one line of the log a person', async () => {
  const ended = await broadcast(NUMBERS, '--media', PICTURE, ...CONSENT, '--yes', '--json')
  const summary = summaryOf(ended)
  expect(ended.code).toBe(0)
  expectToAddUp(summary)
  const rows = (await readFile(NUMBERS, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  expect(summary.total).toBe(rows.length)
  expect(summary.sent).toBeGreaterThan(0)
  const lines = await logLines()
  expect(lines).toHaveLength(summary.valid)
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t\+\d+\t\w+\t.+$/)
  expect(existsSync(path.join(folder, 'rejected.csv'))).toBe(summary.duplicates + summary.invalid > 0)
})

test('a second broadcast on the same data folder works and appends to the log', async () => {
  const before = (await logLines()).length
  const ended = await broadcast(path.join(EXAMPLES, 'contacts.csv'), ...CONSENT, '--yes', '--json')
  const summary = summaryOf(ended)
  expect(ended.code).toBe(0)
  expectToAddUp(summary)
  expect(await logLines()).toHaveLength(before + summary.valid)
})

test('wrong usage ends with 2 and a sentence, and nothing is sent', async () => {
  const frames = path.join(folder, 'data', 'simulator-frames.jsonl')
  const before = await readFile(frames, 'utf8')
  const empty = path.join(folder, 'empty.txt')
  await writeFile(empty, '')
  const via = ['--message', MESSAGE, '--via', 'simulator', ...CONSENT, '--yes']
  const cases: Record<string, Promise<Finished>> = {
    'nobody can be asked for consent': broadcast(NUMBERS, '--yes'),
    'nobody can confirm': broadcast(NUMBERS, ...CONSENT, '--json'),
    'no message': inFolder('broadcast', NUMBERS, '--via', 'simulator', ...CONSENT, '--yes'),
    'a delay that is no delay': broadcast(NUMBERS, ...CONSENT, '--yes', '--delay', 'soon'),
    'a command that does not exist': inFolder('broadcats'),
    'a missing message': inFolder('broadcast', NUMBERS, ...via, '--message', 'nowhere.txt'),
    'a missing file': inFolder('broadcast', 'nowhere.txt', ...via),
    'an unknown sender': inFolder('broadcast', NUMBERS, ...via, '--via', 'Nobody'),
    'an empty file': inFolder('broadcast', empty, ...via),
    'a picture instead of numbers': inFolder('broadcast', PICTURE, ...via),
    'a picture instead of a message': inFolder('broadcast', NUMBERS, ...via, '--message', PICTURE),
  }
  for (const [what, run] of Object.entries(cases)) {
    expect([what, complaint(await run)]).toEqual([what, 'exit 2 in words'])
  }
  expect(await readFile(frames, 'utf8')).toBe(before)
})

test('doctor looks at everything and says that all is well', async () => {
  const { code, stdout } = await inFolder('doctor')
  expect(stdout).not.toContain('✗')
  for (const part of ['configuration', 'disk', 'database', 'clock', 'queue', 'senders'])
    expect(stdout).toContain(`✓ ${part}`)
  expect(code).toBe(0)
})

test('a new set-up link is printed while there is no admin, and refused in words afterwards', async () => {
  const fresh = await inFolder('admin', 'link')
  expect(fresh.code).toBe(0)
  expect(fresh.stdout).toMatch(/\/set-up\?token=\S+/)
  const over = await siarIn(siar.dataDir, 'admin', 'link')
  expect(over.stdout).toContain('There is an admin already')
})

test('while Siar runs on the same data folder a broadcast uses it, and the campaign shows in the dashboard', async () => {
  const session = await request.newContext({ baseURL: siar.url })
  try {
    const { email, password } = siar.admin
    await session.post('/api/auth/sign-in/email', { data: { email, password } })
    const me = createApi(session, siar.url, null)
    const { workspaces } = await me.call(identityOperations.getMe)
    const workspace = workspaces.find((one) => one.name === 'Kopi Rani')
    const inWorkspace = createApi(session, siar.url, workspace?.id ?? '')

    const name = `Dari terminal ${Date.now()}`
    const ended = await broadcastBeside('--wait', '3', '--workspace', 'Kopi Rani', '--name', name, '--json')
    const summary = summaryOf(ended)
    expect(ended.code).toBe(0)
    expectToAddUp(summary)
    const { data } = await inWorkspace.call(campaignOperations.list, { query: { search: name } })
    expect(data).toMatchObject([
      { name, status: 'completed', figures: { sent: summary.sent, failed: summary.failed } },
    ])

    await me.call(workspaceOperations.create, { body: { name: 'Kopi Rani Dua' } })
    expect(complaint(await broadcastBeside())).toBe('exit 2 in words')
  } finally {
    await session.dispose()
  }
})

/** A broadcast on the data folder of the Siar that runs. */
function broadcastBeside(...more: readonly string[]): Promise<Finished> {
  const args = ['--message', MESSAGE, '--via', 'simulator', ...CONSENT, '--yes', ...more]
  return siarIn(siar.dataDir, 'broadcast', NUMBERS, ...args)
}

/** Told in words means: one or a few sentences, no stack of calls. */
function complaint({ code, stderr }: Finished): string {
  const isTrace = /\n\s+at .+:\d+:\d+/.test(stderr)
  if (code === 2 && stderr.trim() !== '' && !isTrace) return 'exit 2 in words'
  return `exit ${code}: ${stderr.trim().slice(0, 600)}`
}

import { createDatabase } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { mkdtempSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { MailContent } from '../../mail/mail-layout.ts'
import { buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import { createRestoreGuard } from './index.ts'

/** The pool of this one stays empty, so that the database can be copied as a whole, as a backup does. */
const home = await testDatabase()
const admin = createDatabase({ connectionString: new URL('/postgres', home.url).href, poolMax: 1 })
const minuteMs = 60_000
const startAt = new Date('2026-11-20T03:00:00Z')
let copies = 0

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'siar-test-'))
  folders.push(folder)
  return folder
}

afterAll(async () => {
  await admin.close()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

interface Life {
  readonly core: TestCore
  readonly mails: { to: string; content: MailContent }[]
  readonly check: () => Promise<boolean>
}

/** One process of Siar on one machine, from its start to its end. */
async function live<T>(
  url: string,
  dataDir: string,
  atMs: number,
  run: (life: Life) => Promise<T>,
): Promise<T> {
  const database = createDatabase({ connectionString: url, poolMax: 3 })
  const mails: Life['mails'] = []
  const core = createTestCore(database, { startAt: new Date(startAt.getTime() + atMs), config: { dataDir } })
  const guard = createRestoreGuard(core, {
    post: async (to, content) => {
      mails.push({ to, content })
    },
  })
  try {
    return await run({ core, mails, check: () => guard.check() })
  } finally {
    await guard.stop()
    await database.close()
  }
}

async function copyOf(url: string): Promise<string> {
  const from = new URL(url).pathname.slice(1)
  const name = `${from}_${(copies += 1)}`
  await admin.pool.query(`create database ${name} template ${from}`)
  const copy = new URL(url)
  copy.pathname = `/${name}`
  return copy.href
}

const urls: string[] = []
afterEach(async () => {
  for (const url of urls.splice(0)) {
    await admin.pool.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
  }
})

/** A fresh installation. */
async function install(): Promise<string> {
  const url = await copyOf(home.url)
  urls.push(url)
  return url
}

async function backUp(url: string): Promise<string> {
  const copy = await copyOf(url)
  urls.push(copy)
  return copy
}

/** A shop in the middle of its work: one campaign of each kind, and messages on their way. */
async function buildWork(core: TestCore): Promise<WorkspaceId> {
  const workspaceId = await buildWorkspace(core)
  const { pool } = core.database
  await pool.query(
    `insert into senders (id, workspace_id, name, channel, status, shard) values ('snd_1', $1, 'Toko', 'simulator', 'online', 0)`,
    [workspaceId],
  )
  for (const status of ['running', 'paused', 'scheduled', 'draft', 'completed']) {
    await pool.query(
      `insert into campaigns (id, workspace_id, name, purpose, status, created_by, current_run_id)
       values ($1, $2, $1, 'marketing', $3, 'usr', $4)`,
      [`cmp_${status}`, workspaceId, status, `run_${status}`],
    )
    if (status === 'draft' || status === 'scheduled') continue
    await pool.query(
      `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, created_by)
       values ($1, $2, $3, 1, $4, 'marketing', '{}', 's', 'usr')`,
      [`run_${status}`, workspaceId, `cmp_${status}`, status],
    )
  }
  const people = [
    ['rcp_1', 'dispatching', 'msg_1'],
    ['rcp_2', 'queued', 'msg_2'],
    ['rcp_3', 'queued', null],
  ]
  for (const [index, [id, status, messageId]] of people.entries()) {
    await pool.query(
      `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, sender_id, message_id, due_at)
       values ($1, $2, 'cmp_running', 'run_running', $1, $3, '+62', $4, 'snd_1', $5, case when $4 = 'queued' then now() end)`,
      [id, workspaceId, index + 1, status, messageId],
    )
    if (messageId) {
      await pool.query(
        `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at)
         values ($1, $2, $3, 'run_running', 'snd_1', 1, now())`,
        [messageId, workspaceId, id],
      )
    }
  }
  await pool.query(
    `insert into run_figures (workspace_id, run_id, figure, count)
     values ($1, 'run_running', 'queued', 3)`,
    [workspaceId],
  )
  return workspaceId
}

const rows = async <Row>(core: TestCore, text: string): Promise<Row[]> =>
  (await core.database.pool.query(text)).rows as Row[]

const statusesOf = async (core: TestCore): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await rows<{ id: string; status: string }>(core, 'select id, status from campaigns order by id')).map(
      ({ id, status }) => [id.slice(4), status],
    ),
  )

const asItWas = {
  running: 'running',
  paused: 'paused',
  scheduled: 'scheduled',
  draft: 'draft',
  completed: 'completed',
}
const stilled = { ...asItWas, running: 'halted', scheduled: 'overdue' }

test('a restored backup sends nothing by itself: what ran is halted, what was planned asks, what was open is in doubt', async () => {
  const [url, dataDir] = [await install(), newFolder()]
  await live(url, dataDir, 0, async ({ core, check }) => {
    await buildWork(core)
    expect(await check()).toBe(false)
  })
  const backup = await backUp(url)
  await live(url, dataDir, minuteMs, ({ check }) => check())
  await live(backup, dataDir, 2 * minuteMs, async ({ core, check }) => {
    await core.database.pool.query(
      `insert into users (id, name, email, role, language) values ('usr_1', 'Ani', 'ani@toko.test', 'admin', 'id')`,
    )
    expect(await check()).toBe(true)
    expect(await statusesOf(core)).toEqual(stilled)
    const [run] = await rows<{ status: string; halt: { reason: string } }>(
      core,
      `select status, halt from runs where id = 'run_running'`,
    )
    expect(run).toMatchObject({ status: 'halted', halt: { reason: 'restored', until: null } })
    const [sender] = await rows<{ halt: unknown }>(core, 'select halt from senders')
    expect(sender?.halt).toMatchObject({ reason: 'restored', senderId: 'snd_1', senderName: 'Toko' })
    const people = await rows(
      core,
      'select id, status, due_at is null as "isHeld" from recipients order by id',
    )
    expect(people).toEqual([
      { id: 'rcp_1', status: 'dispatching', isHeld: true },
      { id: 'rcp_2', status: 'dispatching', isHeld: true },
      { id: 'rcp_3', status: 'queued', isHeld: false },
    ])
    expect(await rows(core, 'select figure, count::int from run_figures order by figure')).toEqual([
      { figure: 'queued', count: 3 },
    ])
    expect(await rows(core, 'select distinct reason from attempts')).toEqual([{ reason: 'restored' }])
    const details = {
      reason: 'older_than_file',
      campaignsHalted: 1,
      campaignsAsking: 1,
      sendersHalted: 1,
      attemptsInDoubt: 2,
    }
    expect(core.audits).toEqual([
      expect.objectContaining({
        action: 'installation.restore',
        details: expect.objectContaining(details) as unknown,
      }),
    ])
  })
})

test('the platform admins are told, each in their language', async () => {
  const [url, dataDir] = [await install(), newFolder()]
  await live(url, dataDir, 0, async ({ core, check }) => {
    await core.database.pool.query(
      `insert into users (id, name, email, role, language)
       values ('usr_1', 'Ani', 'ani@toko.test', 'admin', 'id'), ('usr_2', 'Ben', 'ben@toko.test', 'admin', 'en'),
         ('usr_3', 'Cici', 'cici@toko.test', 'user', 'id')`,
    )
    await check()
  })
  const backup = await backUp(url)
  await live(url, dataDir, minuteMs, ({ check }) => check())
  const mails = await live(backup, dataDir, 2 * minuteMs, async (life) => {
    await life.check()
    return life.mails
  })
  expect(mails.map(({ to, content }) => [to, content.language])).toEqual([
    ['ani@toko.test', 'id'],
    ['ben@toko.test', 'en'],
  ])
})

test('one restore is noticed once: neither the next start nor another machine halts again what a person let go on', async () => {
  const [url, here, there] = [await install(), newFolder(), newFolder()]
  await live(url, here, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
  })
  const backup = await backUp(url)
  await live(url, here, 0, ({ check }) => check())
  for (let count = 0; count < 5; count += 1) await live(url, there, minuteMs, ({ check }) => check())
  await live(backup, here, 2 * minuteMs, async ({ core, check }) => {
    expect(await check()).toBe(true)
    await core.database.pool.query(`update campaigns set status = 'running' where id = 'cmp_running'`)
  })
  for (const folder of [there, here, there]) {
    await live(backup, folder, 3 * minuteMs, async ({ core, check }) => {
      expect(await check()).toBe(false)
      expect((await statusesOf(core)).running).toBe('running')
    })
  }
})

test('processes and machines that share a database, new ones too, are no restore', async () => {
  const [url, here, there] = [await install(), newFolder(), newFolder()]
  await live(url, here, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
    const others = [there, here, newFolder(), there].map((folder) =>
      live(url, folder, minuteMs, (other) => other.check()),
    )
    expect(await Promise.all(others)).toEqual([false, false, false, false])
    expect(await check()).toBe(false)
    expect(await statusesOf(core)).toEqual(asItWas)
  })
})

test('a machine that was off for days and starts again is no restore', async () => {
  const [url, dataDir] = [await install(), newFolder()]
  await live(url, dataDir, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
  })
  await live(url, dataDir, 3 * 86_400_000, async ({ core, check }) => {
    expect(await check()).toBe(false)
    expect(await statusesOf(core)).toEqual(asItWas)
  })
})

test('a database that comes up on another machine after an hour without a process was restored there', async () => {
  const [url, here] = [await install(), newFolder()]
  await live(url, here, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
  })
  const backup = await backUp(url)
  await live(backup, newFolder(), 61 * minuteMs, async ({ core, check }) => {
    expect(await check()).toBe(true)
    expect(await statusesOf(core)).toEqual(stilled)
    expect(core.audits[0]?.details).toMatchObject({ reason: 'elsewhere' })
  })
})

test('a file of another installation, or one that cannot be read, counts as none', async () => {
  const [url, other, dataDir] = [await install(), await install(), newFolder()]
  await live(other, dataDir, 0, ({ check }) => check())
  await live(url, newFolder(), 0, ({ check }) => check())
  await live(url, dataDir, 61 * minuteMs, async ({ check }) => expect(await check()).toBe(true))
  await writeFile(join(dataDir, 'installation.json'), '{"epoch":')
  await live(url, dataDir, 62 * minuteMs, async ({ check }) => expect(await check()).toBe(false))
  const text = await readFile(join(dataDir, 'installation.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ epoch: 2 })
})

test('a backup of the whole data folder, database and all, is known by its files when it is unpacked', async () => {
  const [url, dataDir] = [await install(), newFolder()]
  await live(url, dataDir, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
  })
  const [backup, unpacked, joined] = [await backUp(url), newFolder(), newFolder()]
  for (const folder of [unpacked, joined])
    await cp(dataDir, folder, { recursive: true, preserveTimestamps: true })
  await live(url, dataDir, 5 * minuteMs, async ({ check }) => expect(await check()).toBe(false))
  await live(url, joined, 6 * minuteMs, async ({ check }) => expect(await check()).toBe(false))
  await live(backup, unpacked, 10 * minuteMs, async ({ core, check }) => {
    expect(await check()).toBe(true)
    expect(await statusesOf(core)).toEqual(stilled)
  })
  await live(backup, unpacked, 90 * minuteMs, async ({ check }) => expect(await check()).toBe(false))
})

test('a database that is replaced under a living process is noticed by its next count', async () => {
  const [url, dataDir] = [await install(), newFolder()]
  await live(url, dataDir, 0, async ({ core, check }) => {
    await buildWork(core)
    await check()
    const { rows: kept } = await core.database.pool.query(
      `select value from installation_settings where key = 'start_mark'`,
    )
    await check()
    await core.database.pool.query(`update installation_settings set value = $1 where key = 'start_mark'`, [
      JSON.stringify((kept as { value: unknown }[])[0]?.value),
    ])
    expect(await check()).toBe(true)
    expect(await statusesOf(core)).toEqual(stilled)
  })
})

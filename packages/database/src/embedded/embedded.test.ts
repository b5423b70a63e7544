import { cp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitUntil } from '@siar/test-kit'
import { afterAll, describe, expect, test } from 'vitest'
import { ask, findPid, isRoot, makeGround, startProgram } from './harness.fixtures.ts'
import { startEmbedded } from './start.ts'

const ground = await makeGround()
afterAll(() => ground.remove())

const newOptions = async () => ({ dataDir: await ground.newDataDir(), systemDir: ground.systemDir })

describe('start and stop', () => {
  test('the first start gives a database that is durable, on a socket only, without superuser', async () => {
    const options = await newOptions()
    const server = await startEmbedded(options)
    expect((await stat(join(options.dataDir, 'database.json'))).mode & 0o777, 'only its owner reads it').toBe(
      0o600,
    )
    const [row] = await ask(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp, inet_server_addr() as address,
              current_database() as name, rolsuper as super from pg_roles where rolname = current_user`,
    )
    expect(row).toEqual({ fsync: 'on', tcp: '', address: null, name: 'siar', super: false })
    expect(server.reused).toBe(false)
    expect(await server.stop()).toBe(true)
  })

  test('the data outlives a stop, and describe tells what runs', async () => {
    const options = await newOptions()
    const first = await startEmbedded(options)
    await ask(first.url, 'create table kept ()')
    await first.stop()
    expect(await findPid(options)).toBeNull()
    const second = await startEmbedded(options)
    expect(await ask(second.url, 'select from kept')).toEqual([])
    expect(await findPid(options)).toBeGreaterThan(1)
    await second.stop()
  })

  test('the server runs until its last user stops', async () => {
    const options = await newOptions()
    const other = await startProgram(options)
    const mine = await startEmbedded(options)
    expect([other.report.reused, mine.reused]).toEqual([false, true])
    await other.stop()
    expect(await ask(mine.url, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(await mine.stop()).toBe(true)
    expect(await findPid(options)).toBeNull()
  })

  test('two processes that start at once end well with one server', async () => {
    const options = await newOptions()
    const programs = await Promise.all([startProgram(options), startProgram(options)])
    expect(programs.map(({ report }) => report.reused).sort()).toEqual([false, true])
    const starts = await Promise.all(
      programs.map(({ report }) => ask(report.url ?? '', 'select pg_postmaster_start_time()::text as at')),
    )
    expect(starts[0]).toEqual(starts[1])
    await Promise.all(programs.map((program) => program.stop()))
    expect(await findPid(options)).toBeNull()
  })
})

/** Throws rather than name process 0: a signal to that ends the whole group, this test with it. */
async function pidOf(options: Parameters<typeof findPid>[0]): Promise<number> {
  const pid = await findPid(options)
  if (pid === null) throw new Error('no server runs')
  return pid
}

describe('after a crash', () => {
  test('a killed Siar leaves the server, and the next start takes it', async () => {
    const options = await newOptions()
    const killed = await startProgram(options)
    const pid = await findPid(options)
    await killed.kill()
    const server = await startEmbedded(options)
    expect(server.reused).toBe(true)
    expect(await findPid(options)).toBe(pid)
    expect(await server.stop()).toBe(true)
  })

  test('a killed server is started again with what was committed', async () => {
    const options = await newOptions()
    const killed = await startProgram(options)
    await ask(killed.report.url ?? '', 'create table kept ()')
    await killed.kill()
    process.kill(await pidOf(options), 'SIGKILL')
    const server = await startEmbedded(options)
    expect(server.reused).toBe(false)
    expect(await ask(server.url, 'select from kept')).toEqual([])
    await server.stop()
  })

  test('a server that dies under a living Siar comes back by itself', async () => {
    const options = await newOptions()
    const server = await startEmbedded(options)
    const pid = await pidOf(options)
    process.kill(pid, 'SIGKILL')
    await waitUntil(async () => ![null, pid].includes(await findPid(options)), { timeoutMs: 15_000 })
    await waitUntil(() => ask(server.url, 'select 1'), { timeoutMs: 15_000 })
    expect(await server.stop()).toBe(true)
  })

  test('a stale process file that names a living stranger does not stop the start', async () => {
    const options = await newOptions()
    const first = await startEmbedded(options)
    const pidFile = join(first.clusterDir, 'postmaster.pid')
    const text = await readFile(pidFile, 'utf8')
    await first.stop()
    await writeFile(pidFile, text.replace(/^\d+/, String(process.pid)), { mode: 0o600 })
    const second = await startEmbedded(options)
    expect(second.reused).toBe(false)
    await second.stop()
  })

  test('the start lock of a dead process is taken over', async () => {
    const options = await newOptions()
    const first = await startEmbedded(options)
    await first.stop()
    const dead = { pid: process.pid, startMark: 'of another process', token: 'old' }
    await writeFile(join(options.dataDir, 'database.lock'), JSON.stringify(dead))
    const second = await startEmbedded(options)
    await second.stop()
    await expect(stat(join(options.dataDir, 'database.lock'))).rejects.toThrow('ENOENT')
  })
})

describe('a data folder that is not as it was left', () => {
  test('a database that is gone is never replaced by an empty one', async () => {
    const options = await newOptions()
    const server = await startEmbedded(options)
    await server.stop()
    await rm(server.clusterDir, { recursive: true })
    await expect(startEmbedded(options)).rejects.toThrow('is gone')
  })

  test.runIf(isRoot)(
    'a data folder made anew never meets the cluster of the one that was removed',
    async () => {
      const options = await newOptions()
      const before = await startEmbedded(options)
      await ask(before.url, 'create table old ()')
      await before.stop()
      await rm(options.dataDir, { recursive: true })
      const after = await startEmbedded(options)
      await expect(ask(after.url, 'select from old')).rejects.toThrow()
      await after.stop()
    },
  )

  test('a moved data folder keeps its database', async () => {
    const options = await newOptions()
    const before = await startEmbedded(options)
    await ask(before.url, 'create table kept ()')
    await before.stop()
    const moved = { ...options, dataDir: await ground.newDataDir() }
    await rename(options.dataDir, moved.dataDir)
    const after = await startEmbedded(moved)
    expect(await ask(after.url, 'select from kept')).toEqual([])
    await after.stop()
  })

  test.runIf(isRoot)('a copied data folder does not share the database of its original', async () => {
    const options = await newOptions()
    const server = await startEmbedded(options)
    await server.stop()
    const copied = { ...options, dataDir: await ground.newDataDir() }
    await cp(options.dataDir, copied.dataDir, { recursive: true })
    await expect(startEmbedded(copied)).rejects.toThrow('is a copy of')
  })
})

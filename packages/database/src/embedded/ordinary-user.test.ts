import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { ask, isRoot, startProgram } from './harness.fixtures.ts'
import { isAlive } from './process-table.ts'

const nobodyId = 65_534
const unknownId = 54_321

/** Others must be able to read the checkout and run Node; under a closed home they cannot. */
function canRunAs(uid: number): boolean {
  const here = fileURLToPath(import.meta.url)
  const program = `require('fs').readFileSync(${JSON.stringify(here)})`
  return spawnSync(process.execPath, ['-e', program], { uid, gid: uid, cwd: '/' }).status === 0
}

const root = await mkdtemp(join(tmpdir(), 'siar-ordinary-'))
await chmod(root, 0o755)
afterAll(() => rm(root, { recursive: true, force: true }))

async function newFolderOf(uid: number, ...names: string[]): Promise<string> {
  const folder = join(root, ...names)
  await mkdir(folder, { recursive: true })
  for (let part = folder; part !== root; part = dirname(part)) await chown(part, uid, uid)
  return folder
}

describe.runIf(isRoot && canRunAs(nobodyId))('as an ordinary user', () => {
  test('everything lies in the data folder', async () => {
    const dataDir = await newFolderOf(nobodyId, 'plain')
    const program = await startProgram({ dataDir }, nobodyId)
    expect(program.report.failure).toBeUndefined()
    expect(program.report.clusterDir).toBe(join(dataDir, 'postgres', 'cluster'))
    expect(await ask(program.report.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
    await program.stop()
  })

  test('a data folder too deep for a socket gets a short one elsewhere', async () => {
    const dataDir = await newFolderOf(nobodyId, 'deep', 'x'.repeat(60), 'y'.repeat(60))
    const program = await startProgram({ dataDir }, nobodyId)
    expect(program.report.failure).toBeUndefined()
    const socketDir = decodeURIComponent(new URL(program.report.url ?? '').hostname)
    expect(socketDir.startsWith(dataDir)).toBe(false)
    expect(await ask(program.report.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
    await program.stop()
    await rm(socketDir, { recursive: true, force: true })
  })

  test('root takes over the database of an ordinary user as that user', async () => {
    const dataDir = await newFolderOf(nobodyId, 'plain')
    const program = await startProgram({ dataDir })
    expect(program.report.clusterDir).toBe(join(dataDir, 'postgres', 'cluster'))
    await program.stop()
    const again = await startProgram({ dataDir }, nobodyId)
    expect(again.report.failure).toBeUndefined()
    await again.stop()
  })

  test('a user id without an entry in the list of users is told to set DATABASE_URL', async () => {
    const dataDir = await newFolderOf(unknownId, 'unknown')
    const program = await startProgram({ dataDir }, unknownId)
    expect(program.report).toMatchObject({ kind: 'EmbeddedError' })
    expect(program.report.failure).toContain('DATABASE_URL')
    await program.stop()
  })
})

describe.skipIf(process.platform === 'win32')('a process', () => {
  test('that has ended but was not fetched by its parent does not count as alive', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
    const pid = Number(line)
    await expect.poll(() => isAlive(pid)).toBe(false)
    expect(() => process.kill(pid, 0)).not.toThrow()
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  })
})

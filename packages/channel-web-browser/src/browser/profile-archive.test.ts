import fc from 'fast-check'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryCredentials } from '@siar/channel/testing'
import { readArchive, writeArchive } from './profile-archive.ts'
import { readProfile } from './profile-files.ts'
import { openProfileFolder } from './profile-folder.ts'
import { packProfile, unpackProfile } from './profile-pack.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'siar-profile-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(folder: string, name: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
  await writeFile(path.join(folder, name), text)
}

test('any profile comes out as it went in', async () => {
  const name = fc.stringMatching(/^Default\/IndexedDB\/[a-z0-9._-]{1,20}x$/)
  const files = fc.uniqueArray(fc.record({ path: name, data: fc.uint8Array({ maxLength: 5_000 }) }), {
    selector: (file) => file.path,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const folder = await mkdtemp(path.join(root, 'any-'))
      await unpackProfile(
        await packProfile(given.map((file) => ({ ...file, data: Buffer.from(file.data) }))),
        folder,
      )
      for (const file of given) {
        expect(await readFile(path.join(folder, file.path))).toEqual(Buffer.from(file.data))
      }
    }),
    { numRuns: 20 },
  )
})

test('only what holds the link is kept, and caches are not', async () => {
  await put(root, 'Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/000003.log', 'keys')
  await put(root, 'Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/LOCK', '')
  await put(root, 'Default/Local Storage/leveldb/CURRENT', 'MANIFEST')
  await put(root, 'Default/Cache/data_0', 'big')
  await put(root, 'Default/History', 'pages')
  await put(root, 'Local State', '{}')
  const files = await readProfile(root)
  expect(files?.map((file) => file.path)).toEqual([
    'Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/000003.log',
    'Default/Local Storage/leveldb/CURRENT',
    'Local State',
  ])
})

test('an archive larger than one part is whole again, replaces the one before, and a torn one is none', async () => {
  const credentials = memoryCredentials()
  const large = Buffer.alloc(5_000_000, 'profil')
  await writeArchive(credentials, 'first', large)
  await writeArchive(credentials, 'second', large)
  expect((await credentials.read(['profile.first.0'])).size).toBe(0)
  const archive = await readArchive(credentials)
  expect(archive?.generation).toBe('second')
  expect(Buffer.from(archive?.packed ?? []).equals(large)).toBe(true)
  await credentials.write(new Map([['profile.second.1', Buffer.from('other')]]))
  expect(await readArchive(credentials)).toBeNull()
})

test.each([
  ['a path that leads out', { name: '../outside', type: 'file' as const }],
  ['an absolute path', { name: '/etc/outside', type: 'file' as const }],
  ['a link', { name: 'link', type: 'symlink' as const, linkname: '/etc/passwd' }],
])('a packed profile that holds %s is refused', async (_name, header) => {
  const tar = pack()
  tar.entry(header, header.type === 'file' ? 'x' : '')
  tar.finalize()
  const inner = path.join(root, 'inner')
  await mkdir(inner)
  await expect(unpackProfile(gzipSync(await buffer(tar)), inner)).rejects.toThrow(/no profile holds/)
  expect(await readdir(root)).toEqual(['inner'])
})

test('what is no archive leaves no folder behind', async () => {
  const credentials = memoryCredentials()
  await writeArchive(credentials, 'broken', Buffer.from('not packed'))
  await expect(openProfileFolder(root, 'snd_1', credentials)).rejects.toThrow(/profile_broken/)
  expect(await readdir(root)).toEqual([])
})

test('a folder of a living browser is not taken, a dead one’s lock is cleared, another machine’s is left alone', async () => {
  const credentials = memoryCredentials()
  const own = path.join(root, 'snd_1')
  await mkdir(own)
  await symlink(`${hostname()}-${process.pid}`, path.join(own, 'SingletonLock'))
  await expect(openProfileFolder(root, 'snd_1', credentials)).rejects.toThrow(/profile_in_use/)
  await rm(path.join(own, 'SingletonLock'))
  await symlink(`${hostname()}-4194303`, path.join(own, 'SingletonLock'))
  const taken = await openProfileFolder(root, 'snd_1', credentials)
  expect(taken.path).toBe(own)
  expect(await readdir(own)).not.toContain('SingletonLock')
  expect((await stat(own)).mode & 0o777).toBe(0o700)
  await symlink('another-machine-7', path.join(own, 'SingletonLock'))
  expect((await openProfileFolder(root, 'snd_1', credentials)).path).toBe(path.join(root, 'snd_1-1'))
  expect(await readdir(own)).toContain('SingletonLock')
})

test('what a crash left is gone on with while the archive is the same, and gives way to a newer one', async () => {
  const credentials = memoryCredentials()
  const first = await openProfileFolder(root, 'snd_1', credentials)
  expect(first.isFresh).toBe(true)
  await put(first.path, 'Local State', 'newer than the archive')
  const again = await openProfileFolder(root, 'snd_1', credentials)
  expect(again.isFresh).toBe(false)
  expect(await readFile(path.join(again.path, 'Local State'), 'utf8')).toBe('newer than the archive')
  const other = await packProfile([{ path: 'Local State', data: Buffer.from('from another machine') }])
  await writeArchive(credentials, 'elsewhere', other)
  const last = await openProfileFolder(root, 'snd_1', credentials)
  expect(await readFile(path.join(last.path, 'Local State'), 'utf8')).toBe('from another machine')
})

test('a sender’s name never leads out of the folder', async () => {
  const folder = await openProfileFolder(root, '../../etc', memoryCredentials())
  expect(path.dirname(folder.path)).toBe(root)
})

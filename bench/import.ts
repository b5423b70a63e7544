import { workspace } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemActor } from '../apps/server/src/core.ts'
import type { Core } from '../apps/server/src/core.ts'
import { createImportService, importJobBindings } from '../apps/server/src/features/imports/index.ts'
import type { ImportService } from '../apps/server/src/features/imports/index.ts'
import { createMemoryJobQueue } from '../apps/server/src/testing/memory-job-queue.ts'
import { median, rounded } from './bench.ts'
import type { Bench } from './bench.ts'
import { startServer } from './campaign-throughput/installation.ts'
import { createCopyYardstick } from './import/copy.ts'
import type { CopyYardstick } from './import/copy.ts'
import { writePeopleCsv } from './import/people-csv.ts'
import type { FileCounts } from './import/people-csv.ts'
import { readIdleMb, watchMemory } from './memory.ts'
import { countStatements, watchStatements } from './statements.ts'

interface Imported {
  readonly seconds: number
  readonly uploadSeconds: number
  readonly rssAboveIdleMb: number
}

const mapping = ['full_name', 'phone', 'email', 'company', 'tags', 'custom:kota']

/** What the product does with a file: it is stored and looked at, started, and written by its job. */
async function importFile(
  given: Core,
  workspaceId: WorkspaceId,
  path: string,
  expected: FileCounts,
): Promise<Imported> {
  const jobs = createMemoryJobQueue()
  const imports = createImportService({ ...given, jobs })
  await jobs.work(importJobBindings(imports))
  const actor = systemActor('bench')
  const idleMb = await readIdleMb()
  const memory = watchMemory()
  const startedAt = performance.now()
  const content = createReadStream(path)
  const { id } = await imports.upload(workspaceId, actor, { fileName: 'people.csv', content })
  const uploadSeconds = (performance.now() - startedAt) / 1000
  await imports.start(workspaceId, actor, id, {
    mapping,
    hasHeader: true,
    consentWording: 'Signed up at the counter',
    existing: 'fill_empty',
    listIds: [],
    newListName: 'Everybody of the file',
    tagIds: [],
  })
  await jobs.drain()
  const seconds = (performance.now() - startedAt) / 1000
  const rssAboveIdleMb = Math.max(0, memory.stop() - idleMb)
  expectWhole(await imports.get(workspaceId, id), expected)
  return { seconds, uploadSeconds, rssAboveIdleMb }
}

/** A fast import that lost a row is no result. */
function expectWhole(
  done: Pick<
    Awaited<ReturnType<ImportService['get']>>,
    'status' | 'rowsDone' | 'created' | 'valid' | 'duplicates' | 'invalid'
  >,
  { rows, valid, duplicates, invalid }: FileCounts,
): void {
  const expected = {
    status: 'completed',
    rowsDone: rows,
    valid,
    duplicates,
    invalid,
    created: valid,
  } as const
  for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
    if (done[name] !== expected[name])
      throw new Error(`the import is not whole: ${name} is ${done[name]}, not ${expected[name]}`)
  }
}

async function insertWorkspace(core: Core): Promise<WorkspaceId> {
  const id = core.newId('ws')
  await core.database.db.insert(workspace).values({ id, name: 'Bench', slug: id })
  await core.database.pool.query(
    `insert into custom_fields (id, workspace_id, key, label, type) values ($1, $2, 'kota', 'Kota', 'text')`,
    [core.newId('fld'), id],
  )
  return id
}

async function measure(
  core: Core,
  yardstick: CopyYardstick,
  file: { readonly path: string; readonly counts: FileCounts },
): Promise<Imported & { readonly copySeconds: number; readonly ratio: number }> {
  await yardstick.empty()
  const imported = await importFile(core, await insertWorkspace(core), file.path, file.counts)
  const copySeconds = await yardstick.measure()
  return { ...imported, copySeconds, ratio: imported.seconds / copySeconds }
}

/** Claim: a file of a million rows is imported within three times what `COPY` takes for its finished rows, in bounded memory. */
export const bench: Bench = {
  claim: 'import',
  run: async (args) => {
    const rows = args.number('rows', 1_000_000)
    const runs = args.number('runs', 3)
    const counted = args.flag('statements')
    const server = await startServer(counted ? countStatements : {})
    const own = await server.install()
    const folder = await mkdtemp(join(tmpdir(), 'siar-bench-file-'))
    const yardstick = createCopyYardstick(server.embedded, own.core.database.pool.options.database ?? '')
    try {
      const path = join(folder, 'people.csv')
      const counts = await writePeopleCsv(path, rows)
      const statements = counted ? await watchStatements(server.embedded) : null
      const [loadBefore = 0] = loadavg()
      const found: Awaited<ReturnType<typeof measure>>[] = []
      for (let run = 1; run <= runs; run += 1) {
        await statements?.start()
        const one = await measure(own.core, yardstick, { path, counts })
        found.push(one)
        args.say(
          `run ${run} of ${runs}: ${rounded(one.seconds, 1)} s, COPY ${rounded(one.copySeconds, 1)} s, ${rounded(one.rssAboveIdleMb)} MB`,
        )
        await statements?.report(rows, args.say)
      }
      const middle = (of: keyof (typeof found)[number]): number => median(found.map((one) => one[of]))
      return {
        load: `${rows} rows: ${counts.valid} people, ${counts.duplicates} rows a second time, ${counts.invalid} broken; consent, a list, two tags, a field; load average ${loadBefore.toFixed(1)} at the start`,
        runs,
        figures: {
          rows,
          seconds: rounded(middle('seconds'), 2),
          copySeconds: rounded(middle('copySeconds'), 2),
          ratioCopy: rounded(middle('ratio'), 2),
          rssAboveIdleMb: rounded(Math.max(...found.map((one) => one.rssAboveIdleMb))),
          uploadSeconds: rounded(middle('uploadSeconds'), 2),
        },
        notes: [
          'the import is the upload, its look at the file and its job; of the memory the most of all runs is told',
          'COPY reads the finished rows from files beside its tables; indexes and foreign keys stand, the triggers that derive columns sleep',
        ],
      }
    } finally {
      await yardstick.close()
      await own.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

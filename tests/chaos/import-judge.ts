import { Readable } from 'node:stream'
import { systemActor } from '../../apps/server/src/core.ts'
import type { Desk } from './desk.ts'

const actor = systemActor('chaos')
const repeated = 200
const broken = 100

/** One import in the background and what must become of it. */
export interface RunningImport {
  /** It has ended, in whatever way. */
  isOver(): Promise<boolean>
  judge(): Promise<ImportVerdict>
}

export interface ImportVerdict {
  readonly status: string
  readonly rows: number
  /** People of the file who are not in the address book or not on its list. */
  readonly lost: number
  /** People of the file who stand there more than once. */
  readonly doubled: number
  /** Whether the import counts its rows as they are: each once, as valid, repeated or broken. */
  readonly isCounted: boolean
}

/** Starts an import of new people, some of them twice in the file, and some rows that name nobody. */
export function createImports(desk: Desk) {
  let files = 0
  return async (people: number): Promise<RunningImport> => {
    const { workspaceId } = desk
    const { imports } = desk.services
    const file = (files += 1)
    const lines = Array.from({ length: people }, (_, index) => lineOf(file, index))
    const text = ['nama,nomor', ...lines, ...lines.slice(0, repeated), ...brokenLines()].join('\n')
    const content = Readable.from([Buffer.from(`${text}\n`)])
    const { id } = await imports.upload(workspaceId, actor, { fileName: `orang-${file}.csv`, content })
    await imports.start(workspaceId, actor, id, {
      mapping: ['full_name', 'phone'],
      hasHeader: true,
      consentWording: 'Said yes at the counter',
      existing: 'fill_empty',
      listIds: [],
      tagIds: [],
      newListName: `Berkas ${file}`,
    })
    return {
      isOver: async () => (await imports.get(workspaceId, id)).status !== 'running',
      judge: async () => {
        const row = await imports.get(workspaceId, id)
        const stored = await countPeople(desk, prefixOf(file), row.options?.listIds[0] ?? '')
        const isCounted =
          row.status === 'completed' &&
          row.valid === people &&
          row.duplicates === repeated &&
          row.invalid === broken
        return {
          status: row.status,
          rows: people + repeated + broken,
          lost: Math.max(0, people - Math.min(stored.addresses, stored.members)),
          doubled: Math.max(0, stored.members - people),
          isCounted,
        }
      },
    }
  }
}

const prefixOf = (file: number): string => `+62813${String(100 + file)}`

function lineOf(file: number, index: number): string {
  return `Orang ${index},${prefixOf(file)}${String(index).padStart(6, '0')}`
}

function brokenLines(): string[] {
  return Array.from({ length: broken }, (_, index) => `Tanpa nomor ${index},12`)
}

async function countPeople(desk: Desk, prefix: string, listId: string) {
  const [counted] = await desk.query<{ addresses: number; members: number }>(
    `select (select count(distinct value)::int from addresses where starts_with(value, $1)) as addresses,
       (select count(*)::int from list_members where list_id = $2) as members`,
    [prefix, listId],
  )
  return counted ?? { addresses: 0, members: 0 }
}

import { CampaignFields } from '@siar/contract'
import type { Campaign, Sender } from '@siar/contract'
import type { ImportId, WorkspaceId } from '@siar/domain'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Actor } from '../../core.ts'
import type { Services } from '../../wiring/build-services.ts'
import { UsageError } from '../usage-error.ts'
import type { BroadcastOptions } from './options.ts'
import type { RowCounts } from './summary.ts'

export interface Broadcast {
  readonly services: Services
  readonly options: BroadcastOptions
  readonly workspaceId: WorkspaceId
  readonly actor: Actor
  /** How these people agreed, in the sender's own words. */
  readonly consent: string
  /** Names the campaign. */
  readonly name: string
  /** Names the list and the template; no other broadcast has it, so that nobody from another file gets the message. */
  readonly ownName: string
  /** Aborted when the person presses Ctrl-C. */
  readonly stopped: AbortSignal
}

export interface Imported extends RowCounts {
  readonly importId: ImportId
  readonly listId: string
}

const MESSAGE_LENGTH_MAX = 4096
const LOOK_EVERY_MS = 250

/** @throws UsageError for a file that is not there, is no text, or is longer than a message may be. */
async function readMessage(path: string): Promise<string> {
  const text = await readTextFile(path, 'the message')
  if (text.includes('\0')) throw new UsageError(`the message ${path} is not a text in UTF-8`)
  if (text.length > MESSAGE_LENGTH_MAX) {
    throw new UsageError(`the message ${path} has more than ${MESSAGE_LENGTH_MAX} characters`)
  }
  return text
}

async function readTextFile(path: string, what: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`${what} ${path} cannot be read: ${(error as Error).message}`)
  })
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  try {
    const decoded = text
      .decode(bytes)
      .replace(/^\uFEFF/, '')
      .trimEnd()
    if (decoded.trim() === '') throw new UsageError(`${what} ${path} is empty`)
    return decoded
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${what} ${path} is not a text in UTF-8`)
  }
}

/** @throws UsageError when the file with the people is not there. */
export async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`the file ${path} is not there`)
}

/**
 * Imports the file into a new list. Rejected rows are kept with their reasons. When the person stops it, what was imported
 * stays and the counts are of that part.
 */
export async function importPeople(broadcast: Broadcast): Promise<Imported> {
  const { services, options, workspaceId, actor, stopped } = broadcast
  const row = await services.imports.importFile(
    workspaceId,
    actor,
    { fileName: basename(options.file), content: createReadStream(options.file) },
    {
      options: { consentWording: broadcast.consent, newListName: broadcast.ownName, existing: 'fill_empty' },
      onStarted: (id) => {
        const cancel = (): void => {
          services.imports.cancel(workspaceId, actor, id).catch(() => undefined)
        }
        if (stopped.aborted) cancel()
        else stopped.addEventListener('abort', cancel)
      },
    },
  )
  const ended = await importEnded(broadcast, row)
  const listId = ended.options?.listIds[0]
  const isUsable = ended.status === 'completed' || (ended.status === 'cancelled' && stopped.aborted)
  if (!isUsable || listId === undefined) {
    throw new Error(`the import ended as ${ended.status}${ended.error ? ` (${ended.error})` : ''}`)
  }
  const { valid, duplicates, invalid } = ended
  return { importId: ended.id, listId, valid, duplicates, invalid }
}

type ImportRow = Awaited<ReturnType<Services['imports']['get']>>

/** A worker that starts meanwhile may take the import over; then it is that one's to finish. */
async function importEnded({ services, workspaceId }: Broadcast, row: ImportRow): Promise<ImportRow> {
  let now = row
  while (now.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    now = await services.imports.get(workspaceId, now.id)
  }
  return now
}

/** Makes the template, with its media. @throws UsageError and AppError for a message or media that cannot be sent. */
export async function makeTemplate(broadcast: Broadcast): Promise<string> {
  const { services, options, workspaceId, actor, ownName } = broadcast
  const text = await readMessage(options.message)
  const mediaId = options.media === undefined ? null : await uploadMedia(broadcast, options.media)
  const template = await services.templates.create(workspaceId, actor, 'en', {
    name: ownName,
    category: 'promotion',
    texts: { id: text },
    footer: '',
    mediaId,
    campaignVariables: [],
  })
  return template.id
}

/** Makes a draft campaign to the imported list. */
export function draftCampaign(
  broadcast: Broadcast,
  what: { readonly listId: string; readonly templateId: string; readonly sender: Sender },
): Promise<Campaign> {
  const { services, options, workspaceId, actor, name } = broadcast
  const { delayMs } = options
  return services.campaigns.create(
    workspaceId,
    actor,
    CampaignFields.parse({
      name,
      purpose: 'marketing',
      templateId: what.templateId,
      audience: { include: [{ kind: 'list', id: what.listId }] },
      pacing: delayMs?.max ? { delayMsMin: delayMs.min, delayMsMax: delayMs.max } : null,
      senderIds: [what.sender.id],
    }),
  )
}

async function uploadMedia({ services, workspaceId, actor }: Broadcast, path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`the media file ${path} is not there`)
  const content = createReadStream(path)
  const media = await services.media.upload(workspaceId, actor, {
    fileName: basename(path),
    mimeType: '',
    content,
  })
  return media.id
}

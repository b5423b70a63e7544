import type {
  ExampleFile,
  Existence,
  Group,
  KnownPerson,
  RemoteTemplate,
  Session,
  SubmitOutcome,
  TemplateSubmission,
} from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { assertNever } from '@siar/domain'

/** What can be asked of a live session, whichever process holds it. Plain JSON: it travels through the database. */
export type SenderCall =
  | { readonly kind: 'screenshot' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'group_members'; readonly groupId: string }
  | { readonly kind: 'address_book' }
  | { readonly kind: 'exists'; readonly phones: readonly string[] }
  | { readonly kind: 'templates' }
  | { readonly kind: 'submit_template'; readonly submission: TemplateSubmission }
  | {
      readonly kind: 'upload_example'
      readonly file: Omit<ExampleFile, 'data'> & { readonly dataBase64: string }
    }
  | { readonly kind: 'remove_template'; readonly name: string }

/** What each question is answered with. */
export interface CallValues {
  /** PNG in base64. */
  readonly screenshot: string
  readonly groups: readonly Group[]
  readonly group_members: readonly KnownPerson[]
  readonly address_book: readonly KnownPerson[]
  readonly exists: readonly Existence[]
  readonly templates: readonly RemoteTemplate[]
  readonly submit_template: SubmitOutcome
  /** The handle of the file. */
  readonly upload_example: string
  readonly remove_template: null
}

/** `unsupported`: the channel has no such thing. `unavailable`: not now; asking again is safe. */
export type SenderAnswer<Value = unknown> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'unavailable'; readonly reason: string }

const unsupported = { kind: 'unsupported' } as const

/** Puts a question to a session. Rejects only on a bug of the adapter. */
export async function answerCall(
  session: Session,
  call: SenderCall,
  signal: AbortSignal,
): Promise<SenderAnswer> {
  try {
    const value = await perform(session, call, signal)
    return value === undefined ? unsupported : { kind: 'done', value }
  } catch (error) {
    if (error instanceof ChannelUnavailable) return { kind: 'unavailable', reason: error.reason }
    if (signal.aborted) return { kind: 'unavailable', reason: 'timeout' }
    throw error
  }
}

/** @returns undefined where the channel has no such thing. */
async function perform(session: Session, call: SenderCall, signal: AbortSignal): Promise<unknown> {
  const { directory, templates, screenshot, capabilities } = session
  switch (call.kind) {
    case 'screenshot':
      return screenshot ? Buffer.from(await screenshot()).toString('base64') : undefined
    case 'groups':
      return capabilities.groups ? directory?.groups(signal) : undefined
    case 'group_members':
      return capabilities.groups ? directory?.groupMembers(call.groupId, signal) : undefined
    case 'address_book':
      return capabilities.addressBook ? directory?.addressBook(signal) : undefined
    case 'exists':
      return capabilities.checksExistence ? directory?.exists(call.phones, signal) : undefined
    case 'templates':
      return templates?.list(signal)
    case 'submit_template':
      return templates?.submit(call.submission, signal)
    case 'upload_example': {
      const { dataBase64, ...file } = call.file
      return templates?.uploadExample({ ...file, data: Buffer.from(dataBase64, 'base64') }, signal)
    }
    case 'remove_template':
      if (!templates) return undefined
      await templates.remove(call.name, signal)
      return null
    default:
      return assertNever(call, 'call')
  }
}

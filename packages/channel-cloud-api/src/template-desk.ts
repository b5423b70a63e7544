import type {
  ExampleFile,
  RemoteTemplate,
  SubmitOutcome,
  TemplateDesk,
  TemplateSubmission,
} from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { readApproval, readCategory } from './account-event.ts'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asList, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import type { ManagementGate } from './management-gate.ts'
import type { CloudApiSettings } from './settings.ts'
import { readTemplate, submissionBody } from './template-wire.ts'

export interface DeskTools {
  readonly client: GraphClient
  readonly gate: ManagementGate
  readonly settings: CloudApiSettings
}

const fields = 'id,name,status,category,language,components,rejected_reason,parameter_format'
const pageSize = '100'
/** An account holds at most 6,000 templates in all languages. Source: Meta, template limits. */
const pagesMax = 100

type Answer = Extract<GraphEnd, { kind: 'done' | 'failed' }>

/** The templates of the account a number belongs to. Waits when Meta asks for a pause. */
export class CloudApiTemplateDesk implements TemplateDesk {
  private readonly tools: DeskTools

  constructor(tools: DeskTools) {
    this.tools = tools
  }

  async submit(submission: TemplateSubmission, signal?: AbortSignal): Promise<SubmitOutcome> {
    const { client, gate } = this.tools
    const end = await gate.pass(() => client.post(this.path(), submissionBody(submission), { signal }))
    if (end.kind === 'failed') {
      const { code, subcode, sentence } = end.error
      if (code === 190) throw new ChannelUnavailable('sender_signed_out')
      return {
        kind: 'refused',
        code: String(code ?? end.error.httpStatus),
        subcode: subcode === null ? null : String(subcode),
        detail: sentence ?? '',
      }
    }
    const remoteId = asText(end.body['id'])
    if (remoteId === null) throw new ChannelUnavailable('unexpected_answer')
    const status = readApproval(end.body['status'])
    const category = readCategory(end.body['category']) ?? submission.category
    return { kind: 'submitted', template: { remoteId, status, category } }
  }

  async list(signal?: AbortSignal): Promise<readonly RemoteTemplate[]> {
    const templates: RemoteTemplate[] = []
    let after: string | null = null
    for (let page = 0; page < pagesMax; page += 1) {
      const body = await this.page(after, signal)
      templates.push(
        ...asList(body['data'])
          .map(readTemplate)
          .filter((template) => template !== null),
      )
      const paging = asRecord(body['paging'])
      const next = asText(asRecord(paging['cursors'])['after'])
      if (asText(paging['next']) === null || next === null || next === after) return templates
      after = next
    }
    return templates
  }

  async remove(name: string, signal?: AbortSignal): Promise<void> {
    const { client, gate } = this.tools
    const end = await gate.pass(() => client.delete(this.path(), { name }, { signal }))
    const isGone = end.kind === 'failed' && end.error.httpStatus === 404
    if (end.kind === 'failed' && !isGone) throw new ChannelUnavailable(codeOf(end))
  }

  async uploadExample(file: ExampleFile, signal?: AbortSignal): Promise<string> {
    const { client, gate, settings } = this.tools
    if (settings.appId === null) throw new ChannelUnavailable('app_id_needed')
    const query = {
      file_name: file.fileName,
      file_length: String(file.data.byteLength),
      file_type: file.mimeType,
    }
    const begun = await gate.pass(() => client.postQuery(`${settings.appId}/uploads`, query, { signal }))
    const uploadId = begun.kind === 'done' ? asText(begun.body['id']) : null
    if (uploadId === null) throw new ChannelUnavailable(codeOf(begun))
    const done = await gate.pass(() => client.sendUpload(uploadId, file.data, { signal, timeoutMs: 120_000 }))
    const handle = done.kind === 'done' ? asText(done.body['h']) : null
    if (handle === null) throw new ChannelUnavailable(codeOf(done))
    return handle
  }

  private path(): string {
    return `${this.tools.settings.wabaId}/message_templates`
  }

  private async page(after: string | null, signal: AbortSignal | undefined): Promise<Json> {
    const { client, gate } = this.tools
    const query = { fields, limit: pageSize, ...(after === null ? {} : { after }) }
    const end = await gate.pass(() => client.get(this.path(), query, { signal }))
    if (end.kind === 'failed') throw new ChannelUnavailable(codeOf(end))
    return end.body
  }
}

function codeOf(end: Answer): string {
  if (end.kind === 'done') return 'unexpected_answer'
  return end.error.code === null ? 'service_failed' : String(end.error.code)
}

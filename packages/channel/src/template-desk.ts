/** As Meta states it; closed here, anything new is read as `PENDING` of the same family. */
export const approvalStatuses = ['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED'] as const

export type ApprovalStatus = (typeof approvalStatuses)[number]

export const metaCategories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const

export type MetaCategory = (typeof metaCategories)[number]

/** A template as it is submitted; variables are named (`{{first_name}}`) with one example each. */
export interface TemplateSubmission {
  /** `[a-z0-9_]{1,512}`. */
  readonly name: string
  readonly language: string
  readonly category: MetaCategory
  readonly header:
    | { readonly kind: 'none' }
    | { readonly kind: 'text'; readonly text: string; readonly examples: readonly TemplateExample[] }
    | {
        readonly kind: 'media'
        readonly media: 'image' | 'video' | 'document'
        readonly exampleHandle: string
      }
  readonly body: string
  readonly examples: readonly TemplateExample[]
  readonly footer: string | null
  readonly buttons: readonly SubmittedButton[]
}

export interface TemplateExample {
  readonly name: string
  readonly example: string
}

export type SubmittedButton =
  | { readonly kind: 'quick_reply'; readonly text: string }
  | { readonly kind: 'url'; readonly text: string; readonly url: string; readonly example: string | null }
  | { readonly kind: 'phone'; readonly text: string; readonly phone: string }

/** A template as the channel holds it now. */
export interface RemoteTemplate {
  readonly remoteId: string
  readonly name: string
  readonly language: string
  /** What Meta made of it; may differ from what was asked. */
  readonly category: MetaCategory
  readonly status: ApprovalStatus
  /** Why it was rejected or paused, as the channel says it. */
  readonly reason: string | null
  readonly parameterFormat: 'NAMED' | 'POSITIONAL'
  readonly submission: Omit<TemplateSubmission, 'name' | 'language' | 'category'> | null
}

export type SubmitOutcome =
  | {
      readonly kind: 'submitted'
      readonly template: Pick<RemoteTemplate, 'remoteId' | 'status' | 'category'>
    }
  /** What the author can mend; `detail` is the channel's own sentence, `subcode` says more than `code` where there is one. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly subcode: string | null
      readonly detail: string
    }

/** A file that shows the reviewers what a header will look like. */
export interface ExampleFile {
  readonly mimeType: string
  readonly fileName: string
  readonly data: Uint8Array
}

/** Approved templates of the account behind a session. Rejects with `ChannelUnavailable` when it cannot be asked now. */
export interface TemplateDesk {
  submit(submission: TemplateSubmission, signal?: AbortSignal): Promise<SubmitOutcome>
  /** Stores the example of a media header. @returns its handle, for `TemplateSubmission.header.exampleHandle`. */
  uploadExample(file: ExampleFile, signal?: AbortSignal): Promise<string>
  /** Every template of the account. */
  list(signal?: AbortSignal): Promise<readonly RemoteTemplate[]>
  remove(name: string, signal?: AbortSignal): Promise<void>
}

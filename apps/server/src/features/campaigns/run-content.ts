import type { TemplateCategory } from '@siar/domain'
import type { Language } from '../../core.ts'

/** The media of a message as it was when the run started. */
export interface ContentMedia {
  readonly id: string
  readonly kind: 'image' | 'document'
  readonly mimeType: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly storageKey: string
}

/** The message of a run as it was when the run started; later changes of the template do not reach it. */
export interface RunContent {
  readonly templateId: string
  readonly templateName: string
  readonly texts: { readonly id?: string; readonly en?: string }
  readonly footer: string
  readonly media: ContentMedia | null
  /** Values of the campaign's own variables; they win over contact fields. */
  readonly variables: Readonly<Record<string, string>>
  /** Keys of the workspace's custom fields when the run started; they make `[key]` a variable. */
  readonly customKeys: readonly string[]
  /** The language of people whose own is not known, or has no text. */
  readonly language: Language
  /** The category of the template, which decides the price; absent in runs from before there were prices. */
  readonly category?: TemplateCategory
}

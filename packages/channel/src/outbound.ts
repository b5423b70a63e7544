import type { MediaKind } from './capabilities.ts'
import type { MetaCategory } from './template-desk.ts'

export interface OutboundMedia {
  readonly kind: MediaKind
  readonly mimeType: string
  readonly fileName: string
  readonly sizeBytes: number
  /** Names the content: equal for the same file, so that an adapter may upload it once. */
  readonly fingerprint: string
  /** Reads the whole file; called at most once for each send. */
  readonly read: () => Promise<Uint8Array>
}

/** An answer button; the person's answer brings `id` back. Titles up to 20 characters. */
export interface OutboundButton {
  readonly id: string
  readonly title: string
}

/** A button that opens a page. Title up to 20 characters. */
export interface OutboundLink {
  readonly title: string
  readonly url: string
}

/** A list the person chooses one row of; the answer brings the row's `id` back, as a pressed button does. */
export interface OutboundList {
  /** What opens the list; up to 20 characters. */
  readonly title: string
  /** Titles up to 24 characters, descriptions up to 72. */
  readonly rows: readonly {
    readonly id: string
    readonly title: string
    readonly description: string | null
  }[]
}

/** A template approved by Meta with the values of this message. */
export interface OutboundTemplate {
  readonly name: string
  /** As Meta writes it: `id`, `en`, `en_US`. */
  readonly language: string
  /** What Meta made of it, when known. */
  readonly category?: MetaCategory
  /** Values of the header text, in order. */
  readonly header: readonly TemplateValue[]
  readonly body: readonly TemplateValue[]
  /** Values for buttons that take one, by position from 0. */
  readonly buttons: readonly TemplateButtonValue[]
}

/** `name` is set where the template's parameters are named. */
export interface TemplateValue {
  readonly name: string | null
  readonly text: string
}

export interface TemplateButtonValue {
  readonly index: number
  readonly kind: 'url' | 'quick_reply' | 'copy_code'
  readonly value: string
}

export interface OutboundMessage {
  /** Siar's id of this attempt (`msg_…`), stored before the call. */
  readonly messageId: string
  /** E.164 with "+", or a WhatsApp id for people known without a number. */
  readonly to: string
  /** The whole text; also what a template says, for the record. */
  readonly text: string
  readonly media?: OutboundMedia
  /** At most `capabilities.buttonsMax`. */
  readonly buttons?: readonly OutboundButton[]
  /** Only where `capabilities.linkButton`, and without `buttons` or `list`. */
  readonly link?: OutboundLink
  /** At most `capabilities.listRowsMax` rows, and without `buttons` or `link`. */
  readonly list?: OutboundList
  /** Sent instead of `text` where the channel knows templates; `media` is then its header. */
  readonly template?: OutboundTemplate
  /** The channel's id of the message this one answers. */
  readonly inReplyTo?: string
}

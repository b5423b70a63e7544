import type { SendOptions, WppSurface } from './wpp-surface.ts'

declare const WPP: WppSurface

export interface SendRequest {
  /** `<digits>@c.us` or `<digits>@lid`. */
  readonly to: string
  /** The bare id the message gets on the wire. */
  readonly id: string
  readonly text: string
  /** The page's key of the message this one answers. */
  readonly quoted: string | null
  readonly file: {
    readonly handle: string
    readonly kind: 'image' | 'document' | 'video' | 'audio'
    readonly mimeType: string
    readonly fileName: string
  } | null
}

/** `queued`: the page holds the message, so it may leave now or later. */
export type SendAnswer =
  | { readonly kind: 'sent'; readonly ack: number; readonly result: string | null }
  | { readonly kind: 'threw'; readonly code: string; readonly queued: boolean }

/**
 * Sends one message and waits for the server's ack; a message it answers is quoted where the page still has it. Runs in
 * the page.
 */
export async function sendInPage({ to, id, text, quoted, file }: SendRequest): Promise<SendAnswer> {
  let key = ''
  try {
    // An account with hidden ids keeps the chat under another id than the number, and the key has to name that one.
    const chat = String((await WPP.chat.find(to)).id)
    key = `true_${chat}_${id}`
    const options: SendOptions = {
      messageId: key,
      waitForAck: true,
      markIsRead: false,
      detectMentioned: false,
    }
    const known = quoted === null ? null : await WPP.chat.getMessageById(quoted).catch(() => null)
    if (quoted !== null && known !== null) Object.assign(options, { quotedMsg: quoted })
    const parts =
      file === null ? [] : (globalThis as { siarFiles?: Map<string, string[]> }).siarFiles?.get(file.handle)
    const bytes = (parts ?? []).map((part) => Uint8Array.from(atob(part), (byte) => byte.charCodeAt(0)))
    const sent =
      file === null
        ? await WPP.chat.sendTextMessage(chat, text, { ...options, linkPreview: false })
        : await WPP.chat.sendFileMessage(chat, new Blob(bytes, { type: file.mimeType }), {
            ...options,
            type: file.kind,
            caption: text,
            filename: file.fileName,
            mimetype: file.mimeType,
          })
    return { kind: 'sent', ack: sent.ack, result: sent.sendMsgResult?.messageSendResult ?? null }
  } catch (error) {
    const { code, name } = (error ?? {}) as { code?: string; name?: string }
    const queued = key !== '' && WPP.whatsapp.MsgStore.get(key) !== undefined
    return { kind: 'threw', code: String(code ?? name ?? 'error').slice(0, 80), queued }
  }
}

/** Keeps one part of a file in the page until it is sent or dropped. Runs in the page. */
export function putFilePart({ handle, part }: { handle: string; part: string }): void {
  const world = globalThis as { siarFiles?: Map<string, string[]> }
  world.siarFiles ??= new Map()
  const parts = world.siarFiles.get(handle) ?? []
  parts.push(part)
  world.siarFiles.set(handle, parts)
}

/** Runs in the page. */
export function dropFile(handle: string): void {
  ;(globalThis as { siarFiles?: Map<string, string[]> }).siarFiles?.delete(handle)
}

import type { BinaryNode, DEFAULT_CONNECTION_CONFIG } from 'baileys'
import { messageKeyOf, stanzaKeyOf } from './unstored.ts'

type Logger = typeof DEFAULT_CONNECTION_CONFIG.logger

/** Told what the next frame holds. */
export interface Announce {
  message(stanzaId: string): void
  answer(key: string): void
}

const nothing = (): void => undefined

/**
 * Baileys' log goes nowhere: it holds numbers and texts. Three lines are listened to, which say what the next frame holds: a
 * message, the receipt for one that came, the acknowledgement of a stanza that came.
 */
export function createBaileysLogger(announce: Announce): Logger {
  const debug = (about: unknown, text?: string): void => {
    if (text?.startsWith('sending message to ') === true) {
      const { msgId } = about as { msgId?: unknown }
      if (typeof msgId === 'string') announce.message(msgId)
    } else if (text === 'sending receipt for messages') {
      const { messageIds } = about as { messageIds?: readonly string[] }
      for (const id of messageIds ?? []) announce.answer(messageKeyOf(id))
    } else if (text === 'sent ack') {
      const { recv } = about as { recv?: Pick<BinaryNode, 'tag' | 'attrs'> }
      const key = recv?.tag === 'receipt' ? stanzaKeyOf(recv) : null
      if (key !== null) announce.answer(key)
    }
  }
  const logger: Logger = {
    level: 'silent',
    child: () => logger,
    trace: nothing,
    debug,
    info: nothing,
    warn: nothing,
    error: nothing,
  }
  return logger
}

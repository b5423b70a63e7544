import type { DEFAULT_CONNECTION_CONFIG } from 'baileys'

type Logger = typeof DEFAULT_CONNECTION_CONFIG.logger

const nothing = (): void => undefined

/**
 * Baileys' log goes nowhere: it holds numbers and texts. One line is listened to: the one that says that the next frame
 * holds a message.
 */
export function createBaileysLogger(announce: (stanzaId: string) => void): Logger {
  const debug = (about: unknown, text?: string): void => {
    if (text?.startsWith('sending message to ') !== true) return
    const { msgId } = about as { msgId?: unknown }
    if (typeof msgId === 'string') announce(msgId)
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

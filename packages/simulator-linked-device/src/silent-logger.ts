import type { DEFAULT_CONNECTION_CONFIG } from 'baileys'

type Logger = typeof DEFAULT_CONNECTION_CONFIG.logger

const nothing = (): void => undefined

/** Baileys wants a logger; what the stand-in has to say it says by its record. */
export const silentLogger: Logger = {
  level: 'silent',
  child: () => silentLogger,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}

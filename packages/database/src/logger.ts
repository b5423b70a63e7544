/** The part of a structured logger (such as pino) that this package uses. Never given phone numbers, texts or secrets. */
export interface DatabaseLogger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

const ignore = () => undefined

/** A logger that drops everything, the default where none is given. */
export const silentLogger: DatabaseLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore }

import type { BetterAuthOptions } from 'better-auth'
import type { Logger } from 'pino'

/**
 * Takes what better-auth logs into the program log, without its arguments and without anything that may name a person:
 * its own sentences carry e-mail addresses, origins and tokens after a colon.
 */
export function toAuthLogger(logger: Logger): NonNullable<BetterAuthOptions['logger']> {
  return {
    // At `warn` or `error` it would also print refusals to the terminal by itself, past this function.
    level: 'info',
    log: (level, message, ...rest) => {
      if (level === 'info' || level === 'debug') return
      const error = rest.find((part) => part instanceof Error)
      const facts = error ? { errorName: error.name, errorCode: (error as NodeJS.ErrnoException).code } : {}
      logger[level](facts, `better-auth: ${redact(message)}`)
    },
  }
}

function redact(message: unknown): string {
  if (typeof message !== 'string') return 'no text'
  return (message.split(/[:\n]/, 1)[0] ?? '').replace(/\S+@\S+/g, '[address]').slice(0, 200)
}

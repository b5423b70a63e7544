import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { describeError } from './log-error.ts'

const SECRET_PATHS = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'phone',
  'to',
  'from',
  'email',
  'text',
  'body',
  '*.password',
  '*.token',
  '*.secret',
  '*.authorization',
  '*.cookie',
  '*.phone',
  '*.email',
  '*.text',
  '*.body',
]

/**
 * Structured logs, on standard error unless told. Phone numbers, texts and secrets are cut out even when someone passes
 * them; of errors only what `describeError` leaves is written.
 */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: false }),
): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET_PATHS, censor: '[cut]' },
      serializers: { err: describeError },
    },
    destination,
  )
}

import type { WahaBehaviour } from './waha-options.ts'

/** An answer that is not what was asked for, in WAHA's own words. */
export class WahaProblem extends Error {
  readonly status: number
  readonly body: object
  constructor(status: number, body: object) {
    super(`WAHA refuses with ${status}`)
    this.status = status
    this.body = body
  }
}

const namesOfStatus: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
}

/** As the framework of WAHA says it. */
export function problem(status: number, message: string | readonly string[]): WahaProblem {
  const error = namesOfStatus[status]
  return new WahaProblem(status, { message, ...(error ? { error } : {}), statusCode: status })
}

export const unauthorized = new WahaProblem(401, { message: 'Unauthorized', statusCode: 401 })

export function wrongStatus(session: string, status: string, expected: readonly string[]): WahaProblem {
  const error = 'Session status is not as expected. Try again later or restart the session'
  return new WahaProblem(422, { error, session, status, expected })
}

/** What an engine throws comes out as a 500 with the exception in it. */
export function exception({ engine, version }: WahaBehaviour, message: string): WahaProblem {
  const isRpc = engine === 'GOWS'
  return new WahaProblem(500, {
    statusCode: 500,
    timestamp: new Date().toISOString(),
    exception: {
      message: isRpc ? `2 UNKNOWN: ${message}` : message,
      ...(isRpc ? { code: 2, details: message, metadata: {} } : {}),
      name: 'Error',
    },
    version: { version, engine },
  })
}

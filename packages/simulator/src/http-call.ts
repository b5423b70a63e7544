import { Agent, request } from 'node:http'

/** A call that failed on the way; `nothingLeft` when no byte can have reached the other side. */
export class CallFailed extends Error {
  readonly nothingLeft: boolean

  constructor(nothingLeft: boolean, cause: unknown) {
    super('The simulator did not answer', { cause })
    this.name = 'CallFailed'
    this.nothingLeft = nothingLeft
  }
}

export interface HttpCaller {
  /**
   * Posts JSON and reads JSON.
   *
   * @param mayLeave Asked when the call has a connection, which it may have waited for: false ends it there.
   * @throws CallFailed.
   */
  post<T>(path: string, body: unknown, signal?: AbortSignal, mayLeave?: () => boolean): Promise<T>
  close(): void
}

const beforeContact: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTALLOWED',
])

const notAllowed = (): Error =>
  Object.assign(new Error('The call may not be made any more'), { code: 'ENOTALLOWED' })

function failureOf(error: NodeJS.ErrnoException): CallFailed {
  return new CallFailed(beforeContact.has(error.code ?? ''), error)
}

export function createHttpCaller(baseUrl: string): HttpCaller {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  return {
    post: (path, body, signal, mayLeave = () => true) =>
      new Promise((resolve, reject) => {
        const payload = JSON.stringify(body)
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
        const options = { method: 'POST', agent, headers, ...(signal ? { signal } : {}) }
        const call = request(new URL(path, baseUrl), options, (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('error', (error) => reject(failureOf(error)))
          response.on('end', () => {
            if (response.statusCode === 200) resolve(JSON.parse(text) as never)
            else reject(new CallFailed(false, `status ${response.statusCode}: ${text}`))
          })
        })
        call.on('socket', () => {
          if (!mayLeave()) call.destroy(notAllowed())
        })
        call.on('error', (error: NodeJS.ErrnoException) => reject(failureOf(error)))
        call.end(payload)
      }),
    close: () => agent.destroy(),
  }
}

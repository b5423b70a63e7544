import type { NumberedPush, PageAnswer, PageCalls, ServerPush } from '../page-protocol.ts'
import { WPPError } from './identity.ts'

declare const location: { readonly search: string }

/** The page's connection to its server. */
export interface ServerLink {
  call<M extends keyof PageCalls>(method: M, args: PageCalls[M]['args']): Promise<PageCalls[M]['answer']>
}

/**
 * Opens the stream of pushes and hands on calls. A push is taken only after `onPush` has returned; what was not taken
 * comes again when the stream is opened anew.
 */
export function openServerLink(
  device: string,
  onPush: (push: ServerPush) => void,
  onLine: (up: boolean) => void,
): ServerLink {
  const account = new URLSearchParams(location.search).get('account') ?? ''
  const page = crypto.randomUUID()
  const query = new URLSearchParams({ account, page, device })
  const post = (path: string, body: object): Promise<Response> =>
    fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, page, ...body }),
    })
  let last = 0
  const stream = new EventSource(`/api/stream?${query.toString()}`)
  stream.onmessage = ({ data }) => {
    const { id, push } = JSON.parse(String(data)) as NumberedPush
    if (id > last) onPush(push)
    last = Math.max(last, id)
    post('/api/taken', { id }).catch(() => undefined)
  }
  stream.onopen = () => onLine(true)
  stream.onerror = () => onLine(false)
  return {
    call: async (method, args) => {
      const response = await post('/api/call', { method, args })
      const answer = (await response.json()) as PageAnswer<typeof method>
      if (!answer.ok) throw new WPPError(answer.code, `The server refused: ${answer.code}`)
      return answer.value
    },
  }
}

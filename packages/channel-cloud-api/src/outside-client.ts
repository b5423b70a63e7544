import type { Egress } from '@siar/channel'
import { createConnections } from './connections.ts'
import { GraphClient } from './graph-client.ts'

/** Where and how calls go that belong to no open session: checks and sign-ups. */
export interface OutsideCall {
  /** `https://graph.facebook.com` unless told. */
  readonly baseUrl?: string
  readonly apiVersion?: string
  readonly egress?: Egress
  readonly now?: () => Date
  readonly signal?: AbortSignal
}

/** Makes calls with one token over connections of their own, which end with `use`. */
export async function withClient<Result>(
  call: OutsideCall & { readonly apiVersion: string; readonly accessToken: string; readonly baseUrl: string },
  use: (client: GraphClient) => Promise<Result>,
): Promise<Result> {
  const { baseUrl, apiVersion, accessToken, egress = { kind: 'direct' }, now = () => new Date() } = call
  const lease = createConnections(4).lease(egress)
  try {
    return await use(new GraphClient({ dispatcher: lease.dispatcher, baseUrl, apiVersion, accessToken, now }))
  } finally {
    lease.release()
  }
}

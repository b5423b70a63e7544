import { createGraphApiServer } from '../graph-api/index.ts'
import type { GraphApiControl } from '../graph-api/index.ts'
import { createWahaServer } from '../waha/waha-server.ts'
import type { WahaBehaviour } from '../waha/waha-options.ts'
import type { StandInCall, StartStandIn } from './stand-in.ts'

/** The account that is there from the start. */
const demo = {
  wabaId: '100000000000001',
  phoneNumberId: '100000000000002',
  phone: '+6289511110001',
  accessToken: 'simulator-token',
  appId: '100000000000003',
  appSecret: 'simulator-app-secret',
  verifyToken: 'simulator-verify-token',
}

const graphCalls = [
  'addAccount',
  'setWebhook',
  'openWindow',
  'addRule',
  'clearRules',
  'addReviewRule',
  'setTemplate',
  'setTemplateQuality',
  'setQuality',
  'setMessagingLimit',
  'upgradeThroughput',
  'setNumberStatus',
  'chooseMarketing',
  'revokeToken',
  'grantCode',
  'expireMedia',
  'tellAccount',
  'tellNumber',
  'counts',
] as const satisfies readonly (keyof GraphApiControl)[]

function pick<Names extends string>(
  control: Readonly<Record<Names, unknown>>,
  names: readonly Names[],
): Record<string, StandInCall> {
  return Object.fromEntries(names.map((name) => [name, control[name] as StandInCall]))
}

/** Meta's Graph API with one account, so that a client can send at once. */
export const graphApiStandIn: StartStandIn = async ({ network, host, port }) => {
  const { appId, appSecret, verifyToken, wabaId, phoneNumberId, phone, accessToken } = demo
  const app = { id: appId, secret: appSecret, verifyToken, webhookUrl: null }
  const numbers = [{ id: phoneNumberId, phone, name: 'Toko Siar' }]
  const accounts = [{ wabaId, accessTokens: [accessToken], app, numbers }]
  const server = await createGraphApiServer({ network, host, port, accounts })
  return {
    kind: 'graph-api',
    title: 'Cloud API (Meta Graph API)',
    url: server.url,
    access: demo,
    calls: pick(server.control, graphCalls),
    close: () => server.close(),
  }
}

/** A WAHA server; sessions are made by the client, or linked beforehand by `link`. */
export function wahaStandIn(behaviour: Partial<WahaBehaviour> = {}): StartStandIn {
  return async ({ network, host, port }) => {
    const apiKey = 'simulator-api-key'
    const server = await createWahaServer({ network, host, port, apiKey, ...behaviour })
    return {
      kind: 'waha',
      title: 'WAHA',
      url: server.url,
      access: { apiKey },
      calls: {
        link: (session, phone) => {
          const isSession = typeof session === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(session)
          if (!isSession || typeof phone !== 'string' || !/^\+\d{7,15}$/.test(phone)) {
            throw new Error('link takes the name of a session and a number with "+"')
          }
          server.link(session, phone)
        },
      },
      close: () => server.close(),
    }
  }
}

import { createGraphApiServer } from '../graph-api/index.ts'
import type { GraphApiControl } from '../graph-api/index.ts'
import { createWahaServer } from '../waha/waha-server.ts'
import type { WahaBehaviour } from '../waha/waha-options.ts'
import { createWebPageServer } from '../web-page/web-page-server.ts'
import type { StandInCall, StartStandIn } from './stand-in.ts'

/** The account that is there from the start. */
const demo = {
  wabaId: '100000000000001',
  phoneNumberId: '100000000000002',
  phone: '+6289511110001',
  accessToken: 'simulator-access-token',
  appId: '100000000000003',
  appSecret: '51a051a051a051a051a051a051a051a0',
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

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > 4_000) throw new Error('a text is needed')
  return value
}

function phoneOf(value: unknown): string {
  if (!/^\+\d{7,15}$/.test(textOf(value))) throw new Error('a number with "+" is needed')
  return textOf(value)
}

/** The page of WhatsApp Web, one address for each account. */
export const webPageStandIn: StartStandIn = async ({ network, host, port }) => {
  const server = await createWebPageServer({ network, host, port })
  const { control } = server
  return {
    kind: 'web-page',
    title: 'WhatsApp Web (page)',
    url: server.url,
    access: { page: server.pageUrl('toko') },
    calls: {
      link: (account, phone) => control.link(textOf(account), phoneOf(phone)),
      complain: (account, text) => control.complain(textOf(account), textOf(text)),
      failLookups: (account, on) => control.failLookups(textOf(account), on === true),
      isOpen: (account) => control.isOpen(textOf(account)),
    },
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
          if (!/^[A-Za-z0-9_-]{1,64}$/.test(textOf(session))) throw new Error('a name of a session is needed')
          server.link(textOf(session), phoneOf(phone))
        },
      },
      close: () => server.close(),
    }
  }
}

import { z } from 'zod'
import {
  egressWaitCodes,
  proxyClasses,
  proxyProblemCodes,
  proxyProviders,
  proxySchemes,
  proxyStates,
} from '@siar/domain'
import { defineOperation } from './operation.ts'
import { senderParams } from './senders.ts'
import { currency, idOf, instant, listOf, noContent } from './shapes.ts'

const country = z.string().regex(/^[A-Z]{2}$/, { message: 'must be two capital letters, such as ID' })

/** A host name or an address, without scheme, port or brackets. */
const proxyHost = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$|^[0-9a-f:.]+$/,
    {
      message: 'must be a host name or an address',
    },
  )
const proxyPort = z.number().int().min(1).max(65_535)
const proxyName = z.string().trim().min(1).max(80)
const proxyUsername = z.string().max(300)
const proxyPassword = z.string().min(1).max(300)
const monthlyCost = z.object({ amountMinor: z.number().int().min(0).max(1_000_000_000), currency })

/** What a person tells of a proxy besides the way to it. */
const described = {
  class: z.enum(proxyClasses),
  provider: z.enum(proxyProviders),
  country: country.nullable(),
  location: z.string().trim().max(80),
  monthlyCost: monthlyCost.nullable(),
}

const NewProxy = z.object({
  name: proxyName,
  scheme: z.enum(proxySchemes),
  host: proxyHost,
  port: proxyPort,
  username: proxyUsername.default(''),
  password: proxyPassword.nullable().default(null),
  class: described.class.default('datacenter'),
  provider: described.provider.default('own'),
  country: described.country.default(null),
  location: described.location.default(''),
  monthlyCost: described.monthlyCost.default(null),
})

export const Proxy = z
  .object({
    id: z.string(),
    name: z.string(),
    scheme: z.enum(proxySchemes),
    host: z.string(),
    port: z.number().int(),
    username: z.string(),
    /** The password itself is never given back. */
    hasPassword: z.boolean(),
    ...described,
    enabled: z.boolean(),
    state: z.enum(proxyStates),
    stateAt: instant,
    /** Why the last check failed; null while it did not. */
    problem: z.enum(proxyProblemCodes).nullable(),
    checkedAt: instant.nullable(),
    latencyMs: z.number().int().nullable(),
    /** What the check address saw. */
    exitAddress: z.string().nullable(),
    exitCountry: z.string().nullable(),
    /** Share of the checks of the last seven days that succeeded, 0–1; null before the first. */
    successRate: z.number().nullable(),
    senders: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Linked senders that leave by the same address. */
    linkedSenders: z.number().int(),
    messagesToday: z.number().int(),
    messagesThisMonth: z.number().int(),
    /** In minor units of `monthlyCost`, with fractions; null while there is no price or no message. */
    costPerMessageMinor: z.number().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Proxy' })
export type Proxy = z.output<typeof Proxy>

export const EgressRules = z
  .object({
    /** Linked senders of one outgoing address. */
    sendersPerAddress: z.number().int().min(1).max(100),
    /** What the proxies in use may cost together in a day; null: no limit. */
    dailyCostMax: monthlyCost.nullable(),
  })
  .meta({ id: 'EgressRules' })
export type EgressRules = z.output<typeof EgressRules>

export const SenderEgress = z
  .object({
    kind: z.enum(['direct', 'proxy']),
    proxy: z
      .object({
        id: z.string(),
        name: z.string(),
        state: z.enum(proxyStates),
        enabled: z.boolean(),
        country: z.string().nullable(),
        exitAddress: z.string().nullable(),
        latencyMs: z.number().int().nullable(),
        problem: z.enum(proxyProblemCodes).nullable(),
      })
      .nullable(),
    /** Only proxies of this country; null: any. */
    country: z.string().nullable(),
    /** Why nothing goes out now; null while it may. */
    waits: z.enum(egressWaitCodes).nullable(),
    assignedAt: instant.nullable(),
    /** Linked senders of this workspace that leave by the same address, this one among them; 0 where it does not count. */
    linkedSenders: z.number().int(),
    sendersPerAddress: z.number().int(),
  })
  .meta({ id: 'SenderEgress' })
export type SenderEgress = z.output<typeof SenderEgress>

const proxyParams = z.object({ proxyId: idOf('prx') })

/** A pasted list, and what counts for every line of it that does not tell itself. */
const ProxyList = z.object({
  text: z.string().min(1).max(200_000),
  scheme: z.enum(proxySchemes).default('http'),
  class: described.class.default('datacenter'),
  provider: described.provider.default('own'),
  country: described.country.default(null),
  /** Of each proxy. */
  monthlyCost: described.monthlyCost.default(null),
})

export const proxyListProblems = [
  'unreadable',
  'scheme_unknown',
  'host_malformed',
  'port_malformed',
  'address_not_allowed',
  'repeated',
  'known',
  'beyond_limit',
] as const

const ProxyListRow = z
  .object({
    /** From 1. */
    line: z.number().int(),
    /** Why this line adds nothing; null when it does. */
    problem: z.enum(proxyListProblems).nullable(),
    /** Null where the line could not be read. */
    proxy: z
      .object({
        scheme: z.enum(proxySchemes),
        host: z.string(),
        port: z.number().int(),
        username: z.string(),
        hasPassword: z.boolean(),
        country: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ProxyListRow' })

export const egressOperations = {
  listProxies: defineOperation({
    id: 'proxies.list',
    method: 'GET',
    path: '/api/v1/proxies',
    summary: 'The proxies of the workspace with health, use and cost',
    access: 'workspace.read',
    response: listOf(Proxy),
  }),
  createProxy: defineOperation({
    id: 'proxies.create',
    method: 'POST',
    path: '/api/v1/proxies',
    summary: 'Add a proxy; it is tested soon after',
    access: 'senders.manage',
    body: NewProxy,
    status: 201,
    response: Proxy,
  }),
  updateProxy: defineOperation({
    id: 'proxies.update',
    method: 'PATCH',
    path: '/api/v1/proxies/:proxyId',
    summary: 'Change a proxy; its senders connect again when the way to it changed',
    access: 'senders.manage',
    params: proxyParams,
    body: z.object({
      name: proxyName.optional(),
      scheme: z.enum(proxySchemes).optional(),
      host: proxyHost.optional(),
      port: proxyPort.optional(),
      username: proxyUsername.optional(),
      /** Left out: stays. null: none. */
      password: proxyPassword.nullable().optional(),
      class: described.class.optional(),
      provider: described.provider.optional(),
      country: described.country.optional(),
      location: described.location.optional(),
      monthlyCost: described.monthlyCost.optional(),
      enabled: z.boolean().optional(),
    }),
    response: Proxy,
  }),
  removeProxy: defineOperation({
    id: 'proxies.remove',
    method: 'DELETE',
    path: '/api/v1/proxies/:proxyId',
    summary: 'Remove a proxy; its senders move to another one or wait',
    access: 'senders.manage',
    params: proxyParams,
    status: 204,
    response: noContent,
  }),
  checkProxy: defineOperation({
    id: 'proxies.check',
    method: 'POST',
    path: '/api/v1/proxies/:proxyId/check',
    summary: 'Test a proxy now',
    access: 'senders.manage',
    params: proxyParams,
    response: Proxy,
  }),
  previewList: defineOperation({
    id: 'proxies.previewList',
    method: 'POST',
    path: '/api/v1/proxies/list-preview',
    summary: 'Read a list of proxies without keeping anything',
    access: 'senders.manage',
    body: ProxyList,
    response: z.object({ good: z.number().int(), bad: z.number().int(), data: z.array(ProxyListRow) }),
  }),
  importList: defineOperation({
    id: 'proxies.importList',
    method: 'POST',
    path: '/api/v1/proxies/list',
    summary: 'Add every readable proxy of a list that is not in the pool yet',
    access: 'senders.manage',
    body: ProxyList,
    idempotent: true,
    response: z.object({ added: z.number().int(), bad: z.number().int() }),
  }),
  getRules: defineOperation({
    id: 'egress.getRules',
    method: 'GET',
    path: '/api/v1/egress/rules',
    summary: 'How many senders share an address, and what proxies may cost a day',
    access: 'workspace.read',
    response: EgressRules,
  }),
  setRules: defineOperation({
    id: 'egress.setRules',
    method: 'PUT',
    path: '/api/v1/egress/rules',
    summary: 'Change the rules of the pool; senders keep the proxies they have',
    access: 'senders.manage',
    body: EgressRules,
    response: EgressRules,
  }),
  getSenderEgress: defineOperation({
    id: 'egress.get',
    method: 'GET',
    path: '/api/v1/senders/:senderId/egress',
    summary: 'By which way a sender goes out',
    access: 'workspace.read',
    params: senderParams,
    response: SenderEgress,
  }),
  setSenderEgress: defineOperation({
    id: 'egress.set',
    method: 'PUT',
    path: '/api/v1/senders/:senderId/egress',
    summary: 'Send a sender out directly, by one proxy, or by the best free one of the pool',
    access: 'senders.manage',
    params: senderParams,
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('direct') }),
      z.object({
        kind: z.literal('proxy'),
        /** Null: the one it has, else the best free one. */
        proxyId: idOf('prx').nullable().default(null),
        country: country.nullable().default(null),
      }),
    ]),
    response: SenderEgress,
  }),
} as const

import {
  campaignOperations,
  contactOperations,
  egressOperations,
  importOperations,
  segmentOperations,
  senderOperations,
  templateOperations,
} from '@siar/contract'
import type { Api } from './api.ts'

/** One screen to look at: a name for its picture and its address. */
export interface ScreenPlace {
  readonly name: string
  readonly path: string
}

/** Screens that need nobody signed in. */
export const publicScreens: readonly ScreenPlace[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'reset-password-over', path: '/reset-password' },
  { name: 'set-up-done', path: '/set-up' },
]

/** Makes what the demo shop does not have: a draft to walk through and an import that waits for its columns. */
export async function furnish(api: Api): Promise<void> {
  const [{ data: templates }, { data: campaigns }, { data: imports }] = await Promise.all([
    api.call(templateOperations.list),
    api.call(campaignOperations.list),
    api.call(importOperations.list),
  ])
  if (!campaigns.some(({ status }) => status === 'draft')) {
    const template = templates.find(({ variables }) => variables.every(({ kind }) => kind !== 'campaign'))
    await api.call(campaignOperations.create, {
      body: {
        name: 'Kabar akhir bulan',
        purpose: 'marketing',
        templateId: template?.id ?? null,
        audience: { include: [{ kind: 'everyone' }], exclude: [] },
      },
    })
  }
  await furnishSegment(api)
  await furnishProxies(api)
  if (imports.length === 0) {
    const text = 'nama,nomor,kota\nSari,0812-0000-0301,Bandung\nBudi,12345,Solo\nAyu,081200000301,Bali\n'
    await api.call(importOperations.paste, { body: { text } })
  }
}

/** A proxy nobody answers at, and one that is switched off. */
async function furnishProxies(api: Api): Promise<void> {
  const { data: proxies } = await api.call(egressOperations.listProxies)
  if (proxies.length > 0) return
  const described = { provider: 'proxy_seller', country: 'ID', location: 'Jakarta' } as const
  const monthlyCost = { amountMinor: 250, currency: 'USD' } as const
  const way = { scheme: 'socks5', host: 'jakarta.proxy.invalid', username: 'toko' } as const
  await api.call(egressOperations.createProxy, {
    body: { name: 'Jakarta 1', ...way, port: 1080, class: 'mobile', ...described, monthlyCost },
  })
  const off = await api.call(egressOperations.createProxy, {
    body: { name: 'Jakarta 2', ...way, port: 1081, class: 'residential', ...described },
  })
  await api.call(egressOperations.updateProxy, { params: { proxyId: off.id }, body: { enabled: false } })
}

/** A rule with everything the builder shows: a group inside, one that is turned around, a value of each kind. */
async function furnishSegment(api: Api): Promise<void> {
  const [{ data: segments }, { data: tags }, { data: lists }] = await Promise.all([
    api.call(segmentOperations.list),
    api.call(contactOperations.listTags),
    api.call(contactOperations.listLists),
  ])
  if (segments.length > 0) return
  const rule = {
    kind: 'all' as const,
    rules: [
      { kind: 'tag' as const, operator: 'any' as const, ids: tags.slice(0, 2).map(({ id }) => id) },
      {
        kind: 'activity' as const,
        activity: 'read' as const,
        operator: 'did_not' as const,
        withinDays: 30,
        campaignId: null,
      },
      {
        kind: 'not' as const,
        rule: {
          kind: 'any' as const,
          rules: [
            { kind: 'list' as const, operator: 'any' as const, ids: lists.slice(0, 1).map(({ id }) => id) },
            {
              kind: 'field' as const,
              field: 'createdAt' as const,
              operator: 'in_last_days' as const,
              value: 7,
            },
          ],
        },
      },
    ],
  }
  await api.call(segmentOperations.create, { body: { name: 'Pelanggan yang mulai diam', rule } })
}

/** Every main screen of a workspace and of the admin, with the things of that workspace in it. */
export async function mainScreens(api: Api): Promise<ScreenPlace[]> {
  const { data: segments } = await api.call(segmentOperations.list)
  const [{ data: senders }, { data: templates }, { data: campaigns }, { data: imports }] = await Promise.all([
    api.call(senderOperations.list),
    api.call(templateOperations.list),
    api.call(campaignOperations.list),
    api.call(importOperations.list),
  ])
  const at = (name: string, path: string): ScreenPlace => ({ name, path })
  const running = campaigns.find(({ status }) => status === 'running')
  const completed = campaigns.find(({ status }) => status === 'completed')
  const draft = campaigns.find(({ status }) => status === 'draft')
  return [
    at('dashboard', '/'),
    at('senders', '/senders'),
    at('sender-new', '/senders/new'),
    ...senders.slice(0, 1).map(({ id }) => at('sender', `/senders/${id}`)),
    ...senders.slice(0, 1).map(({ id }) => at('sender-limits', `/senders/${id}?tab=limits`)),
    at('proxies', '/senders/proxies'),
    at('contacts', '/contacts'),
    at('contact-new', '/contacts?new=1'),
    at('lists', '/contacts/lists'),
    at('tags', '/contacts/tags'),
    at('segments', '/contacts/segments'),
    at('segment-new', '/contacts/segments/new'),
    ...segments.slice(0, 1).map(({ id }) => at('segment', `/contacts/segments/${id}`)),
    ...segments.slice(0, 1).map(({ id }) => at('contacts-of-segment', `/contacts?segment=${id}`)),
    at('imports', '/contacts/imports'),
    at('import-new', '/contacts/imports/new'),
    ...imports.slice(0, 1).map(({ id }) => at('import', `/contacts/imports/${id}`)),
    at('suppression', '/contacts/suppression'),
    at('templates', '/templates'),
    at('template-new', '/templates/new'),
    ...templates.slice(-1).map(({ id }) => at('template', `/templates/${id}`)),
    at('media', '/templates/media'),
    at('campaigns', '/campaigns'),
    at('campaign-new', '/campaigns/new'),
    at('unknown-messages', '/campaigns/unknown'),
    ...(running ? [at('campaign-running', `/campaigns/${running.id}`)] : []),
    ...(completed
      ? [
          at('campaign', `/campaigns/${completed.id}`),
          at('campaign-recipients', `/campaigns/${completed.id}?tab=recipients`),
        ]
      : []),
    ...(draft
      ? ['recipients', 'schedule', 'review'].map((step) =>
          at(`campaign-${step}`, `/campaigns/${draft.id}/edit?step=${step}`),
        )
      : []),
    at('settings', '/settings'),
    at('rules', '/settings/rules'),
    at('members', '/settings/members'),
    at('invite', '/settings/members?invite=1'),
    at('api-keys', '/settings/api-keys'),
    at('audit-log', '/settings/audit-log'),
    at('profile', '/settings/profile'),
    at('security', '/settings/security'),
    at('admin-users', '/admin'),
    at('admin-workspaces', '/admin/workspaces'),
    at('admin-prices', '/admin/prices'),
    at('admin-settings', '/admin/settings'),
    at('admin-outbox', '/admin/outbox'),
    at('not-found', '/tidak/ada'),
  ]
}

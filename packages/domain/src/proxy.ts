import type { ChannelKind } from './sender.ts'
import type { BilingualText } from './transitions.ts'

/** How one speaks to a proxy. */
export const proxySchemes = ['http', 'https', 'socks5'] as const
export type ProxyScheme = (typeof proxySchemes)[number]

/** What kind of network the address of a proxy belongs to. */
export const proxyClasses = ['datacenter', 'residential', 'mobile'] as const
export type ProxyClass = (typeof proxyClasses)[number]

/** Where a proxy was rented. */
export const proxyProviders = ['proxy_seller', 'bright_data', 'own'] as const
export type ProxyProvider = (typeof proxyProviders)[number]

/** What the last checks say of a proxy: `unchecked` until the first one has ended. */
export const proxyStates = ['unchecked', 'healthy', 'unhealthy'] as const
export type ProxyState = (typeof proxyStates)[number]

/** Why a check failed: closed, each with a sentence a shop owner understands. */
export const proxyProblems = {
  unreachable: {
    id: 'Proxy ini tidak menjawab. Periksa alamat dan port-nya, atau apakah masa sewanya sudah habis.',
    en: 'The proxy does not answer. Check its address and port, or whether it has expired.',
  },
  login_refused: {
    id: 'Proxy ini menolak nama pengguna atau kata sandinya, atau alamat server ini belum diizinkan di sana.',
    en: 'The proxy refuses the user name or password, or does not allow the address of this server.',
  },
  no_way_out: {
    id: 'Proxy ini menjawab, tetapi tidak dapat mencapai internet.',
    en: 'The proxy answers, but does not reach the internet.',
  },
  bad_answer: {
    id: 'Jawaban yang datang lewat proxy ini tidak dapat dibaca. Mungkin jenis proxy-nya salah (HTTP atau SOCKS5).',
    en: 'What comes back through the proxy makes no sense. Its kind (HTTP or SOCKS5) may be wrong.',
  },
  address_not_allowed: {
    id: 'Alamat ini menunjuk ke jaringan internal server, dan itu tidak diizinkan di instalasi ini.',
    en: 'This address lies in the own network of the server, which this installation does not allow.',
  },
} as const satisfies Record<string, BilingualText>
export type ProxyProblem = keyof typeof proxyProblems
export const proxyProblemCodes = Object.keys(proxyProblems) as [ProxyProblem, ...ProxyProblem[]]

/** Why a sender has no way out and waits: closed, each with a sentence. */
export const egressWaits = {
  proxy_pool_empty: {
    id: 'Belum ada proxy yang aktif dan cocok untuk pengirim ini.',
    en: 'No proxy that is switched on suits this sender.',
  },
  proxy_none_healthy: {
    id: 'Semua proxy yang cocok sedang bermasalah. Pengirim ini menunggu dan tidak tersambung tanpa proxy.',
    en: 'Every proxy that suits is unhealthy. The sender waits and does not go out without one.',
  },
  proxy_addresses_full: {
    id: 'Semua proxy yang sehat sudah dipakai pengirim sebanyak batasnya.',
    en: 'Every healthy proxy carries as many senders as the rule allows.',
  },
  proxy_cost_limit: {
    id: 'Memakai satu proxy lagi akan melewati batas biaya harian.',
    en: 'One more proxy would exceed the daily cost limit.',
  },
} as const satisfies Record<string, BilingualText>
export type EgressWait = keyof typeof egressWaits
export const egressWaitCodes = Object.keys(egressWaits) as [EgressWait, ...EgressWait[]]

/** Senders of one outgoing address by default. Source: product.md S4. */
export const sendersPerAddressDefault = 3

/** So long may checks fail before a sender moves to another proxy. */
export const proxyPatienceMs = 10 * 60_000

const linkedChannels: readonly ChannelKind[] = ['linked_device', 'web_browser', 'waha', 'gateway']

/** Whether WhatsApp sees the address of a sender on this channel as that of a person's device. */
export function isLinkedChannel(channel: ChannelKind): boolean {
  return linkedChannels.includes(channel)
}

/** The proxies a channel can use. Source: waha.devlike.pro/docs/how-to/proxy (HTTP only). */
export function schemesOf(channel: ChannelKind): readonly ProxyScheme[] {
  return channel === 'waha' ? ['http'] : proxySchemes
}

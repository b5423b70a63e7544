import type { PageEvent } from '../page/page-event.ts'

export type Stream = Extract<PageEvent, { kind: 'stream' }>

/**
 * What a state of the page's stream means for the sender.
 *
 * `starting`: too early to tell. `down`: linked, but not connected now.
 */
export type Verdict =
  'starting' | 'pairing' | 'online' | 'down' | 'conflict' | 'banned' | 'proxy_blocked' | 'outdated'

const notConnected: ReadonlySet<string> = new Set(['OFFLINE', 'OPENING', 'CONNECTING', 'PAIRING'])

/** Source: `StreamMode` and `StreamInfo` of wa-js 4.6.0; an unknown mode says nothing yet. */
export function verdictOf({ mode, info, isAuthenticated }: Stream): Verdict {
  switch (mode) {
    case 'TOS_BLOCK':
    case 'SMB_TOS_BLOCK':
      return 'banned'
    case 'CONFLICT':
      return 'conflict'
    case 'PROXYBLOCK':
      return 'proxy_blocked'
    case 'DEPRECATED_VERSION':
      return 'outdated'
    case 'QR':
      return isAuthenticated ? 'starting' : 'pairing'
    case 'OFFLINE':
      return isAuthenticated ? 'down' : 'starting'
    case 'MAIN':
      if (!isAuthenticated) return 'starting'
      return info !== null && notConnected.has(info) ? 'down' : 'online'
    default:
      return 'starting'
  }
}

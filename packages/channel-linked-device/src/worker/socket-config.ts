import type { UserFacingSocketConfig, WAMessageKey } from 'baileys'
import type { AuthState } from './auth-state.ts'
import { createBaileysLogger } from './baileys-logger.ts'
import type { Announce } from './baileys-logger.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { Ways } from './egress.ts'
import type { GroupCache } from './groups.ts'
import type { SentMessages } from './sent-messages.ts'
import type { RunSettings } from './session-settings.ts'

export interface SocketParts {
  readonly auth: AuthState
  readonly ways: Ways
  readonly sent: SentMessages
  readonly groups: GroupCache
  readonly announce: Announce
}

const queryTimeoutMs = 20_000
const minuteMs = 60_000

/**
 * How Baileys is run: it shows itself as what it is, stays away ("unavailable", so that the phone goes on to notify),
 * takes no history, fetches nothing by itself, and holds little in memory.
 */
export function socketConfig(parts: SocketParts, settings: RunSettings): UserFacingSocketConfig {
  const { auth, ways, sent, groups } = parts
  return {
    auth: { creds: auth.creds, keys: auth.keys },
    logger: createBaileysLogger(parts.announce),
    browser: ['Siar', 'Desktop', '1.0'],
    ...(settings.standIn ? { waWebSocketUrl: settings.standIn.url } : {}),
    ...(ways.agent ? { agent: ways.agent as never, fetchAgent: ways.agent as never } : {}),
    options: { dispatcher: ways.dispatcher } as never,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    shouldSyncHistoryMessage: () => false,
    emitOwnEvents: false,
    generateHighQualityLinkPreview: false,
    defaultQueryTimeoutMs: queryTimeoutMs,
    keepAliveIntervalMs: settings.keepAliveMs,
    transactionOpts: { maxCommitRetries: 2, delayBetweenTriesMs: 200 },
    getMessage: (key: WAMessageKey) => sent.find(key.id ?? ''),
    cachedGroupMetadata: async (jid: string) => groups.find(jid),
    userDevicesCache: new BoundedCache(500, 5 * minuteMs) as never,
    msgRetryCounterCache: new BoundedCache(200, 60 * minuteMs) as never,
    callOfferCache: new BoundedCache(20, 5 * minuteMs) as never,
    placeholderResendCache: new BoundedCache(100, 60 * minuteMs) as never,
  }
}

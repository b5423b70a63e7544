import type { Channel, OpenRequest, Session, SessionListener } from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { wahaCapabilities } from './capabilities.ts'
import { defaultTimes } from './connection-step.ts'
import { openWahaSession } from './session.ts'
import type { WahaOptions } from './session.ts'
import { parseWahaSecrets, parseWahaSettings } from './settings.ts'
import { createWahaWebhook } from './webhook.ts'

export type { WahaOptions } from './session.ts'

const defaults: Omit<WahaOptions, 'webhookUrlOf'> = {
  now: () => new Date(),
  times: defaultTimes,
  sendTimeoutMs: 60_000,
}

const idleSession = {
  directory: null,
  templates: null,
  screenshot: null,
  showTyping: async () => undefined,
  markRead: async () => undefined,
  takeWebhooks: async () => undefined,
  close: async () => undefined,
} as const

/** A sender whose settings somebody has to mend first. */
async function openIdle(
  { senderId, phone, credentials }: OpenRequest,
  listener: SessionListener,
  now: () => Date,
): Promise<Session> {
  const state = { type: 'state', state: 'offline', reason: 'settings_invalid', phone, at: now() } as const
  void Promise.resolve().then(() => listener([state]).catch(() => undefined))
  return {
    ...idleSession,
    senderId,
    capabilities: wahaCapabilities,
    send: async () => ({ kind: 'not_sent', reason: 'settings_invalid', retryAfterMs: 60_000 }),
    download: () => Promise.reject(new ChannelUnavailable('settings_invalid')),
    logOut: () => credentials.clear(),
  }
}

/**
 * The channel through WAHA servers: each sender names its own server, session and key. WAHA takes no id of ours, so a
 * send without an answer is settled by what WAHA shows later, or by a person.
 */
export function createWahaChannel(
  options: Partial<WahaOptions> & Pick<WahaOptions, 'webhookUrlOf'>,
): Channel {
  const all = { ...defaults, ...options }
  return {
    kind: 'waha',
    capabilities: wahaCapabilities,
    webhook: createWahaWebhook(all.now),
    open: async (request, listener) => {
      const settings = parseWahaSettings(request.settings)
      const secrets = parseWahaSecrets(request.secrets)
      if (!settings.success || !secrets.success) return openIdle(request, listener, all.now)
      return openWahaSession({ request, settings: settings.data, secrets: secrets.data, listener }, all)
    },
  }
}

import type { SessionState } from '@siar/channel'

/** What is done when a connection ends. */
export type Disconnect =
  /** Part of pairing: come back at once with the same credentials. */
  | { readonly then: 'again_now' }
  /** Come back after a while; credentials stay. */
  | { readonly then: 'again_later'; readonly reason: string }
  /** Over until a person acts. */
  | {
      readonly then: 'stop'
      readonly state: Extract<SessionState['state'], 'offline' | 'logged_out' | 'banned'>
      readonly reason: string
      readonly forgetsCredentials: boolean
    }

const stop = (
  state: Extract<SessionState['state'], 'offline' | 'logged_out' | 'banned'>,
  reason: string,
  forgetsCredentials = false,
): Disconnect => ({ then: 'stop', state, reason, forgetsCredentials })

const later = (reason: string): Disconnect => ({ then: 'again_later', reason })

/**
 * Every code a connection may end with. 500 comes for a session that WhatsApp calls bad and for errors nobody named: the
 * credentials stay, because a link that is gone for good is told by 401.
 *
 * Source: `DisconnectReason` of Baileys 7.0.0-rc14, whatsmeow's list of connect failures.
 */
const byCode: Readonly<Record<number, Disconnect>> = {
  401: stop('logged_out', 'the phone removed this device', true),
  402: stop('banned', 'WhatsApp has banned this number for a time'),
  403: stop('banned', 'WhatsApp has banned this number'),
  405: stop('offline', 'WhatsApp no longer takes this version of the client; update Siar'),
  406: stop('logged_out', 'WhatsApp has ended this link', true),
  408: later('the connection was lost'),
  409: stop('offline', 'WhatsApp does not take this kind of client; update Siar'),
  411: stop('offline', 'the phone has to update WhatsApp to use linked devices'),
  419: stop('logged_out', 'the link has expired', true),
  428: later('WhatsApp closed the connection'),
  440: stop('offline', 'the same link was opened somewhere else'),
  500: later('WhatsApp ended the session with an error'),
  503: later('WhatsApp is not available now'),
  515: { then: 'again_now' },
}

/**
 * @param code The status of the error, or null where it had none.
 * @param isPairing Nobody has scanned yet; running out of codes then ends the session.
 */
export function judgeDisconnect(code: number | null, isPairing: boolean, message = ''): Disconnect {
  if (isPairing && code === 408 && message.includes('QR refs')) {
    return stop('offline', 'nobody linked the phone in time')
  }
  return byCode[code ?? 0] ?? later('the connection broke')
}

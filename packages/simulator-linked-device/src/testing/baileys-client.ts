import { DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS, initAuthCreds, makeWASocket } from 'baileys'
import type { AuthenticationCreds, ConnectionState, KeyPair, WAMessage } from 'baileys'
import type { LinkedDeviceServer } from '../linked-device-server.ts'
import { memoryKeys } from '../party.ts'
import { silentLogger } from '../silent-logger.ts'

/** Baileys as anybody would use it, pointed at a stand-in. */
export function connectBaileys(
  server: LinkedDeviceServer,
  creds: AuthenticationCreds = initAuthCreds(),
  preKeys: Readonly<Record<string, KeyPair>> = {},
) {
  WA_CERT_DETAILS.PUBLIC_KEY.set(server.rootPublicKey)
  const keys = memoryKeys()
  void keys.set({ 'pre-key': preKeys })
  const connect = () =>
    makeWASocket({
      auth: { creds, keys },
      waWebSocketUrl: server.url,
      logger: silentLogger,
      shouldSyncHistoryMessage: () => false,
      markOnlineOnConnect: false,
      emitOwnEvents: false,
      makeSignalRepository: DEFAULT_CONNECTION_CONFIG.makeSignalRepository,
    })
  const updates: Partial<ConnectionState>[] = []
  const messages: WAMessage[] = []
  const acks: Record<string, string>[] = []
  const waiting = new Set<() => void>()
  const told = (): void => {
    for (const wake of waiting) wake()
  }
  const open = () => {
    const socket = connect()
    socket.ev.on('connection.update', (update) => {
      updates.push(update)
      told()
    })
    socket.ev.on('creds.update', (update) => Object.assign(creds, update))
    socket.ev.on('messages.upsert', (upsert) => {
      messages.push(...upsert.messages)
      told()
    })
    socket.ws.on('CB:ack,class:message', ({ attrs }: { attrs: Record<string, string> }) => {
      acks.push(attrs)
      told()
    })
    return socket
  }
  return {
    creds,
    messages,
    acks,
    open,
    until: async <T>(find: () => T | undefined): Promise<T> => {
      for (;;) {
        const found = find()
        if (found !== undefined) return found
        await new Promise<void>((resolve) => {
          waiting.add(resolve)
        })
      }
    },
    update: (fits: (update: Partial<ConnectionState>) => boolean) => updates.find(fits),
  }
}

import {
  DEFAULT_CONNECTION_CONFIG,
  Curve,
  addTransactionCapability,
  encodeBigEndian,
  encodeWAMessage,
} from 'baileys'
import { initAuthCreds, proto, unpadRandomMax16, xmppPreKey, xmppSignedPreKey } from 'baileys'
import type { AuthenticationCreds, BinaryNode, SignalDataSet, SignalKeyStore } from 'baileys'
import { silentLogger } from './silent-logger.ts'

type Repository = ReturnType<typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository>
export type E2ESession = Parameters<Repository['injectE2ESession']>[0]['session']

/** Signal keys in memory. */
export function memoryKeys(): SignalKeyStore {
  const kept = new Map<string, unknown>()
  return {
    get: (type, ids) => {
      const found = ids.flatMap((id) => (kept.has(`${type}/${id}`) ? [[id, kept.get(`${type}/${id}`)]] : []))
      return Object.fromEntries(found) as never
    },
    set: (data: SignalDataSet) => {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null) kept.delete(`${type}/${id}`)
          else kept.set(`${type}/${id}`, value)
        }
      }
    },
  }
}

export interface Sealed {
  readonly type: 'pkmsg' | 'msg'
  readonly ciphertext: Uint8Array
}

/** A phone of the simulated world with its own Signal keys: of a person, or of the sender that Siar is linked to. */
export class Party {
  readonly phone: string
  readonly creds: AuthenticationCreds = initAuthCreds()
  private readonly keys = addTransactionCapability(memoryKeys(), silentLogger, {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 1,
  })
  private readonly repository: Repository
  private preKeys = 0

  constructor(phone: string) {
    this.phone = phone
    this.repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds: this.creds, keys: this.keys },
      silentLogger,
      async () => [],
    )
  }

  /** What whoever writes first needs, with a one-time key of its own: the children of a `<user>` of an answer. */
  async bundle(): Promise<BinaryNode[]> {
    this.preKeys += 1
    const pair = Curve.generateKeyPair()
    await this.keys.set({ 'pre-key': { [String(this.preKeys)]: pair } })
    return [
      { tag: 'registration', attrs: {}, content: encodeBigEndian(this.creds.registrationId) },
      { tag: 'type', attrs: {}, content: Buffer.from([5]) },
      { tag: 'identity', attrs: {}, content: this.creds.signedIdentityKey.public },
      xmppSignedPreKey(this.creds.signedPreKey),
      xmppPreKey(pair, this.preKeys),
    ]
  }

  /** @throws when it cannot be read. `from` names the other device, always in the same way. */
  async read(from: string, type: string, ciphertext: Uint8Array): Promise<proto.Message> {
    if (type !== 'pkmsg' && type !== 'msg') throw new Error('not a kind of encryption for one person')
    const padded = await this.repository.decryptMessage({ jid: from, type, ciphertext })
    return proto.Message.decode(unpadRandomMax16(padded))
  }

  hasSessionWith(to: string): Promise<boolean> {
    return this.repository.validateSession(to).then(({ exists }) => exists)
  }

  async meet(to: string, session: E2ESession): Promise<void> {
    await this.repository.injectE2ESession({ jid: to, session })
  }

  async forget(to: string): Promise<void> {
    await this.repository.deleteSession([to])
  }

  async write(to: string, message: proto.IMessage): Promise<Sealed> {
    return this.repository.encryptMessage({ jid: to, data: encodeWAMessage(message) })
  }

  /** Seals for a group; `distribution` goes to whoever has not got it. `meId` names this party as readers do. */
  async writeToGroup(
    group: string,
    meId: string,
    message: proto.IMessage,
  ): Promise<{ readonly ciphertext: Uint8Array; readonly distribution: Uint8Array }> {
    const { ciphertext, senderKeyDistributionMessage } = await this.repository.encryptGroupMessage({
      group,
      meId,
      data: encodeWAMessage(message),
    })
    return { ciphertext, distribution: senderKeyDistributionMessage }
  }
}

import { BufferJSON, initAuthCreds, proto } from 'baileys'
import type { AuthenticationCreds, SignalDataSet, SignalDataTypeMap, SignalKeyStore } from 'baileys'
import { BoundedCache } from './bounded-cache.ts'
import { credentialKey, credsKey } from './credential-keys.ts'
import type { Host } from './host.ts'

/** Values kept in memory for each sender: enough for the people it is just writing with. */
const cachedMax = 200

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value, BufferJSON.replacer))
}

function decode(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString(), BufferJSON.reviver) as unknown
}

/** A value that was kept as plain JSON and has to be one of Baileys' own again. */
function revive(type: string, value: unknown): unknown {
  if (type !== 'app-state-sync-key' || typeof value !== 'object' || value === null) return value
  return proto.Message.AppStateSyncKeyData.fromObject(value)
}

/** True once a phone has vouched for these keys; a pairing that was given up half way leaves `me` alone. */
export function isLinked(creds: AuthenticationCreds): boolean {
  return creds.me !== undefined && creds.account !== undefined
}

/** Keys and state of one link as Baileys wants them, kept in the credential store. Types nobody knows are kept as they are. */
export class AuthState {
  creds: AuthenticationCreds
  readonly keys: SignalKeyStore
  private readonly host: Host
  private readonly cache = new BoundedCache<unknown>(cachedMax)
  private readonly onFailure: (error: unknown) => void

  private constructor(host: Host, creds: AuthenticationCreds, onFailure: (error: unknown) => void) {
    this.host = host
    this.creds = creds
    this.onFailure = onFailure
    this.keys = { get: (type, ids) => this.get(type, ids), set: (data) => this.set(data) }
  }

  /** @param onFailure Told of everything that could not be kept; the link must not go on without it. */
  static async load(host: Host, onFailure: (error: unknown) => void): Promise<AuthState> {
    const kept = (await host.read([credsKey])).get(credsKey)
    const creds = kept ? (decode(kept) as AuthenticationCreds) : initAuthCreds()
    return new AuthState(host, isLinked(creds) ? creds : initAuthCreds(), onFailure)
  }

  /** Keeps the state as it is now; the whole of it, so that the last write is always right. */
  async saveCreds(): Promise<void> {
    await this.write(new Map([[credsKey, encode(this.creds)]]))
  }

  private async get<T extends keyof SignalDataTypeMap>(
    type: T,
    ids: string[],
  ): Promise<{ [id: string]: SignalDataTypeMap[T] }> {
    const found: Record<string, unknown> = {}
    const asked = new Map<string, string>()
    for (const id of ids) {
      const key = credentialKey(type, id)
      const cached = this.cache.get<unknown>(key)
      if (cached === undefined) asked.set(key, id)
      else found[id] = cached
    }
    if (asked.size > 0) {
      const kept = await this.host.read([...asked.keys()])
      for (const [key, bytes] of kept) {
        const value = revive(type, decode(bytes))
        this.cache.set(key, value)
        const id = asked.get(key)
        if (id !== undefined) found[id] = value
      }
    }
    return found as { [id: string]: SignalDataTypeMap[T] }
  }

  /** One atomic write for everything a step of the protocol changes. */
  private async set(data: SignalDataSet): Promise<void> {
    const entries = new Map<string, Uint8Array | null>()
    const values = new Map<string, unknown>()
    for (const [type, byId] of Object.entries(data)) {
      for (const [id, value] of Object.entries(byId as Record<string, unknown>)) {
        const key = credentialKey(type, id)
        entries.set(key, value === null || value === undefined ? null : encode(value))
        values.set(key, value)
      }
    }
    if (entries.size === 0) return
    await this.write(entries)
    for (const [key, value] of values) {
      if (value === null || value === undefined) this.cache.del(key)
      else this.cache.set(key, value)
    }
  }

  private async write(entries: ReadonlyMap<string, Uint8Array | null>): Promise<void> {
    try {
      await this.host.write(entries)
    } catch (error) {
      this.onFailure(error)
      throw error
    }
  }
}

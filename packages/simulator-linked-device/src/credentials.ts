import { Curve, WA_ADV_DEVICE_SIG_PREFIX, generateSignalPubKey, initAuthCreds } from 'baileys'
import type { AuthenticationCreds, KeyPair } from 'baileys'
import type { Account, World } from './account.ts'
import { lidJid, numberJid } from './address.ts'
import type { AppStateKey } from './app-state.ts'
import { vouchFor } from './device-identity.ts'

/** A device as if it had been paired some time ago: what its client keeps, in Baileys' own shapes. */
export interface LinkedCredentials {
  readonly creds: AuthenticationCreds
  /** One-time keys that the server has already, by id. */
  readonly preKeys: Readonly<Record<string, KeyPair>>
  readonly appStateKey: AppStateKey
}

const preKeyCount = 20

/** Links a device without the ceremony: for tests and benchmarks that need many. */
export function linkDevice(world: World, account: Account): LinkedCredentials {
  const device = world.addDevice(account)
  const creds = initAuthCreds()
  const identity = vouchFor(account.party, creds.signedIdentityKey.public, device.id)
  const { details, accountSignatureKey } = identity
  const signed = Buffer.concat([
    WA_ADV_DEVICE_SIG_PREFIX,
    details ?? Buffer.alloc(0),
    creds.signedIdentityKey.public,
    accountSignatureKey ?? Buffer.alloc(0),
  ])
  const preKeys: Record<string, KeyPair> = {}
  for (let id = 1; id <= preKeyCount; id += 1) preKeys[id] = Curve.generateKeyPair()
  const { keyId, keyPair, signature } = creds.signedPreKey
  device.noiseKey = Buffer.from(creds.noiseKey.public)
  device.identityKey = generateSignalPubKey(creds.signedIdentityKey.public)
  device.registrationId = creds.registrationId
  device.signedPreKey = { keyId, publicKey: generateSignalPubKey(keyPair.public), signature }
  for (const [id, pair] of Object.entries(preKeys)) {
    device.preKeys.set(Number(id), generateSignalPubKey(pair.public))
  }
  world.network.link({ senderId: account.senderId, phone: account.phone, settings: {} })
  const linked: Partial<AuthenticationCreds> = {
    me: { id: numberJid(account.phone, device.id), lid: lidJid(account.phone, device.id), name: 'Siar' },
    account: { ...identity, deviceSignature: Curve.sign(creds.signedIdentityKey.private, signed) },
    platform: 'android',
    registered: true,
    myAppStateKeyId: account.appStateKey.id,
    nextPreKeyId: preKeyCount + 1,
    firstUnuploadedPreKeyId: preKeyCount + 1,
  }
  device.hasAppStateKey = true
  return { creds: { ...creds, ...linked }, preKeys, appStateKey: account.appStateKey }
}

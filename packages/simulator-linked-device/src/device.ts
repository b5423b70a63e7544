import {
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildUInt,
  getBinaryNodeChildren,
} from 'baileys'
import { generateSignalPubKey } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { E2ESession } from './party.ts'

interface SignedKey {
  readonly keyId: number
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
}

/** A linked device as the server knows it: its keys for others, and nothing secret. */
export interface Device {
  readonly id: number
  noiseKey: Buffer | null
  identityKey: Uint8Array | null
  registrationId: number
  signedPreKey: SignedKey | null
  /** One-time keys by their id. */
  readonly preKeys: Map<number, Uint8Array>
  /** The phone has shared the key of its own state with it. */
  hasAppStateKey: boolean
}

export function newDevice(id: number): Device {
  return {
    id,
    noiseKey: null,
    identityKey: null,
    registrationId: 0,
    signedPreKey: null,
    preKeys: new Map(),
    hasAppStateKey: false,
  }
}

function required(buffer: Uint8Array | undefined, bytes: number): Uint8Array {
  if (buffer?.length !== bytes) throw new Error('a key of the wrong length')
  return buffer
}

function number(node: BinaryNode | undefined, tag: string, bytes: number): number {
  const value = node && getBinaryNodeChildUInt(node, tag, bytes)
  if (value === undefined) throw new Error('a number is missing')
  return value
}

export function readSignedKey(node: BinaryNode | undefined): SignedKey {
  return {
    keyId: number(node, 'id', 3),
    publicKey: generateSignalPubKey(required(getBinaryNodeChildBuffer(node, 'value'), 32)),
    signature: required(getBinaryNodeChildBuffer(node, 'signature'), 64),
  }
}

/** Takes an upload of keys. @throws when it is not whole; nothing is changed then. */
export function takeUpload(device: Device, iq: BinaryNode): void {
  const identityKey = generateSignalPubKey(required(getBinaryNodeChildBuffer(iq, 'identity'), 32))
  const registrationId = number(iq, 'registration', 4)
  const signedPreKey = readSignedKey(getBinaryNodeChild(iq, 'skey'))
  const keys = getBinaryNodeChildren(getBinaryNodeChild(iq, 'list'), 'key').map(
    (key) => [number(key, 'id', 3), required(getBinaryNodeChildBuffer(key, 'value'), 32)] as const,
  )
  Object.assign(device, { identityKey, registrationId, signedPreKey })
  for (const [id, key] of keys) device.preKeys.set(id, generateSignalPubKey(key))
}

/** What a person needs to write first; uses up a one-time key. Null while the device has given none. */
export function sessionWith(device: Device): E2ESession | null {
  const { identityKey, signedPreKey, registrationId } = device
  if (identityKey === null || signedPreKey === null) return null
  const [first] = device.preKeys
  if (first) device.preKeys.delete(first[0])
  return {
    registrationId,
    identityKey,
    signedPreKey,
    ...(first ? { preKey: { keyId: first[0], publicKey: first[1] } } : {}),
  }
}

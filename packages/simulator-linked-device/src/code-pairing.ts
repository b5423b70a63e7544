import { randomBytes } from 'node:crypto'
import {
  Curve,
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  derivePairingCodeKey,
  getBinaryNodeChildBuffer,
} from 'baileys'
import { hkdf } from 'baileys'
import type { BinaryNode } from 'baileys'
import { node } from './nodes.ts'
import type { Party } from './party.ts'

const empty = Buffer.alloc(0)

/** What came of the eight characters that were typed on the phone. */
export interface CodeResult {
  readonly identityKey: Uint8Array
  readonly advSecret: Buffer
}

/** Pairing by a code that is typed on the phone, seen from the phone; one try. Source: `link_code_companion_reg`. */
export class CodePairing {
  readonly ref = randomBytes(12).toString('base64')
  private readonly wrapped: Uint8Array
  private readonly ephemeral = Curve.generateKeyPair()
  private companionKey: Buffer | null = null
  private phone: Party | null = null

  /** @param hello The client's `companion_hello`. */
  constructor(hello: BinaryNode) {
    const wrapped = getBinaryNodeChildBuffer(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub')
    if (wrapped?.length !== 80) throw new Error('a wrapped key of the wrong length')
    this.wrapped = wrapped
  }

  /** The owner types the code. @returns what the phone sends to the client. */
  async type(code: string, phone: Party): Promise<BinaryNode> {
    this.phone = phone
    const key = await derivePairingCodeKey(code, Buffer.from(this.wrapped.subarray(0, 32)))
    this.companionKey = aesDecryptCTR(this.wrapped.subarray(48), key, this.wrapped.subarray(32, 48))
    const salt = randomBytes(32)
    const iv = randomBytes(16)
    const answer = aesEncryptCTR(this.ephemeral.public, await derivePairingCodeKey(code, salt), iv)
    return node('link_code_companion_reg', { stage: 'primary_hello' }, [
      node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, answer])),
      node('primary_identity_pub', {}, phone.creds.signedIdentityKey.public),
      node('link_code_pairing_ref', {}, Buffer.from(this.ref)),
    ])
  }

  /** Reads the client's `companion_finish`. @returns null when the code was another one. */
  finish(end: BinaryNode): CodeResult | null {
    const bundle = getBinaryNodeChildBuffer(end, 'link_code_pairing_wrapped_key_bundle')
    const identityKey = getBinaryNodeChildBuffer(end, 'companion_identity_public')
    if (!bundle || !identityKey || this.companionKey === null || this.phone === null) return null
    const shared = Curve.sharedKey(this.ephemeral.private, this.companionKey)
    const key = hkdf(shared, 32, {
      salt: bundle.subarray(0, 32),
      info: 'link_code_pairing_key_bundle_encryption_key',
    })
    let content: Buffer
    try {
      content = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), empty)
    } catch {
      return null
    }
    const { public: own, private: secret } = this.phone.creds.signedIdentityKey
    if (!content.subarray(0, 32).equals(identityKey) || !content.subarray(32, 64).equals(own)) return null
    const identityShared = Curve.sharedKey(secret, identityKey)
    const material = Buffer.concat([shared, identityShared, content.subarray(64)])
    return { identityKey, advSecret: Buffer.from(hkdf(material, 32, { info: 'adv_secret' })) }
  }
}

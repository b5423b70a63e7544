import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

const version = 1
const keyIdBytes = 4
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + keyIdBytes + nonceBytes + tagBytes

/** Keeps secrets at rest: AES-256-GCM under a key of the installation. */
export interface Seal {
  /** @param place Where the value belongs; a value copied to another place does not open there. */
  seal(plain: Uint8Array, place: string): Uint8Array
  /** @throws SealBroken when it was changed, belongs elsewhere, or its key is not configured. */
  open(sealed: Uint8Array, place: string): Uint8Array
  /** Whether it was sealed under an older key and should be sealed again. */
  isOld(sealed: Uint8Array): boolean
}

/** A sealed value that cannot be opened here. The message never holds the value. */
export class SealBroken extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SealBroken'
  }
}

interface Key {
  readonly id: Buffer
  readonly bytes: Buffer
}

function deriveKey(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'siar credentials at rest 1', 32))
  return { bytes, id: createHash('sha256').update(bytes).digest().subarray(0, keyIdBytes) }
}

/**
 * @param secret New values are sealed under this one.
 * @param oldSecrets Values sealed under these still open.
 */
export function createSeal(secret: string, oldSecrets: readonly string[] = []): Seal {
  const current = deriveKey(secret)
  const keys = [current, ...oldSecrets.map(deriveKey)]
  const keyIdOf = (sealed: Uint8Array): Buffer => Buffer.from(sealed.subarray(1, 1 + keyIdBytes))
  return {
    seal: (plain, place) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([Buffer.of(version), current.id, nonce, cipher.getAuthTag(), body])
    },
    open: (sealed, place) => {
      if (sealed.byteLength < headBytes || sealed[0] !== version) throw new SealBroken('Not a sealed value')
      const key = keys.find(({ id }) => id.equals(keyIdOf(sealed)))
      if (!key) throw new SealBroken('Sealed under an encryption key that is not configured')
      const nonceAt = 1 + keyIdBytes
      const tagAt = nonceAt + nonceBytes
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(nonceAt, tagAt))
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(sealed.subarray(tagAt, headBytes))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()])
      } catch (cause) {
        throw new SealBroken('A sealed value was changed or belongs elsewhere', { cause })
      }
    },
    isOld: (sealed) => !current.id.equals(keyIdOf(sealed)),
  }
}

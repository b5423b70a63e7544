import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { Curve, NOISE_MODE, NOISE_WA_HEADER, proto } from 'baileys'

interface KeyPair {
  readonly public: Uint8Array
  readonly private: Uint8Array
}

const tagBytes = 16

function ivOf(counter: number): Buffer {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(counter, 8)
  return iv
}

function seal(key: Uint8Array, counter: number, plain: Uint8Array, additional: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, ivOf(counter))
  cipher.setAAD(additional)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the bytes were not sealed by this key at this place. */
function open(key: Uint8Array, counter: number, sealed: Uint8Array, additional: Uint8Array): Buffer {
  if (sealed.byteLength < tagBytes) throw new Error('a frame is shorter than its tag')
  const cut = sealed.byteLength - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, ivOf(counter))
  decipher.setAAD(additional)
  decipher.setAuthTag(sealed.subarray(cut))
  return Buffer.concat([decipher.update(sealed.subarray(0, cut)), decipher.final()])
}

/** What both sides use once they know each other. Frames are sealed and opened in order. */
export interface Transport {
  seal(plain: Uint8Array): Buffer
  open(sealed: Uint8Array): Buffer
}

/** What a client shows of itself at the end of the handshake. */
export interface KnownClient {
  /** Its lasting key; it proved to hold the private half. */
  readonly noiseKey: Buffer
  readonly payload: proto.ClientPayload
  readonly transport: Transport
}

/** The responder's half of Noise_XX_25519_AESGCM_SHA256 as WhatsApp Web speaks it. */
export class NoiseResponder {
  private hash: Buffer = Buffer.from(NOISE_MODE)
  private salt: Buffer = Buffer.from(NOISE_MODE)
  private key: Buffer = Buffer.from(NOISE_MODE)
  private counter = 0
  private readonly ephemeral = Curve.generateKeyPair()
  private readonly own: KeyPair
  private readonly certificate: Uint8Array

  constructor(own: KeyPair, certificate: Uint8Array) {
    this.own = own
    this.certificate = certificate
    this.mixHash(NOISE_WA_HEADER)
  }

  /** @returns the answer to a client's first frame. */
  greet(hello: Uint8Array): Buffer {
    const { clientHello } = proto.HandshakeMessage.decode(hello)
    const theirs = clientHello?.ephemeral
    if (theirs?.byteLength !== 32) throw new Error('a hello without a key')
    this.mixHash(theirs)
    this.mixHash(this.ephemeral.public)
    this.mixKey(Curve.sharedKey(this.ephemeral.private, theirs))
    const sealedStatic = this.seal(this.own.public)
    this.mixKey(Curve.sharedKey(this.own.private, theirs))
    const payload = this.seal(this.certificate)
    return Buffer.from(
      proto.HandshakeMessage.encode({
        serverHello: { ephemeral: this.ephemeral.public, static: sealedStatic, payload },
      }).finish(),
    )
  }

  /** Reads the client's second frame. */
  finish(message: Uint8Array): KnownClient {
    const { clientFinish } = proto.HandshakeMessage.decode(message)
    if (!clientFinish?.static || !clientFinish.payload) throw new Error('a handshake that ends without keys')
    const noiseKey = this.open(clientFinish.static)
    this.mixKey(Curve.sharedKey(this.ephemeral.private, noiseKey))
    const payload = proto.ClientPayload.decode(this.open(clientFinish.payload))
    return { noiseKey, payload, transport: this.split() }
  }

  private split(): Transport {
    const [reading, writing] = this.derive(new Uint8Array(0))
    const nothing = new Uint8Array(0)
    let sealed = 0
    let opened = 0
    return {
      seal: (plain) => seal(writing, sealed++, plain, nothing),
      open: (bytes) => open(reading, opened++, bytes, nothing),
    }
  }

  private mixHash(data: Uint8Array): void {
    this.hash = createHash('sha256').update(this.hash).update(data).digest()
  }

  private derive(data: Uint8Array): [Buffer, Buffer] {
    const bytes = Buffer.from(hkdfSync('sha256', data, this.salt, new Uint8Array(0), 64))
    return [bytes.subarray(0, 32), bytes.subarray(32)]
  }

  private mixKey(data: Uint8Array): void {
    ;[this.salt, this.key] = this.derive(data)
    this.counter = 0
  }

  private seal(plain: Uint8Array): Buffer {
    const sealed = seal(this.key, this.counter++, plain, this.hash)
    this.mixHash(sealed)
    return sealed
  }

  private open(sealed: Uint8Array): Buffer {
    const plain = open(this.key, this.counter++, sealed, this.hash)
    this.mixHash(sealed)
    return plain
  }
}

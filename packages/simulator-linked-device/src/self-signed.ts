import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate for `127.0.0.1` and `localhost` that nothing trusts by itself. */
export interface SelfSigned {
  readonly keyPem: string
  readonly certificatePem: string
}

const yearMs = 365 * 24 * 60 * 60 * 1_000

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), body])
  const size = length > 0xff ? Buffer.from([0x82, length >> 8, length & 0xff]) : Buffer.from([0x81, length])
  return Buffer.concat([Buffer.from([tag]), size, body])
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const time = (at: Date): Buffer =>
  der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const commonName = oid('550403')
const alternativeNames = oid('551d11')

function subject(name: string): Buffer {
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
}

/** X.509 of RFC 5280, as little of it as a TLS client needs: valid from a day ago for ten years. */
export function makeSelfSigned(now: Date): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const serial = randomBytes(8)
  serial[0] = 0x01
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    subject('Simulated WhatsApp media'),
    sequence(time(new Date(now.getTime() - yearMs / 365)), time(new Date(now.getTime() + 10 * yearMs))),
    subject('Simulated WhatsApp media'),
    publicKey,
    der(0xa3, sequence(sequence(alternativeNames, der(0x04, names)))),
  )
  const signature = sign('sha256', content, createPrivateKey(privateKey))
  const certificate = sequence(content, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))
  const lines = certificate
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()
  return {
    keyPem: privateKey,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

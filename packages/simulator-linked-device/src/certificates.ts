import { Curve, WA_CERT_DETAILS, proto } from 'baileys'

const { Details } = proto.CertChain.NoiseCertificate

/** Who the stand-in says it is: a key of its own, and a chain that ends in a root made for this run. */
export interface ServerIdentity {
  readonly key: { readonly public: Uint8Array; readonly private: Uint8Array }
  readonly certificate: Uint8Array
  /** What a client has to trust instead of WhatsApp's own root; 32 bytes. */
  readonly rootPublicKey: Uint8Array
}

/** A chain as WhatsApp's: the root signs an intermediate key, the intermediate signs the server's key. */
export function makeServerIdentity(): ServerIdentity {
  const [root, intermediate, key] = [
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
    Curve.generateKeyPair(),
  ]
  const middle = Details.encode({
    serial: 1,
    issuerSerial: WA_CERT_DETAILS.SERIAL,
    key: intermediate.public,
  }).finish()
  const leaf = Details.encode({ serial: 2, issuerSerial: 1, key: key.public }).finish()
  const certificate = proto.CertChain.encode({
    leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
    intermediate: { details: middle, signature: Curve.sign(root.private, middle) },
  }).finish()
  return { key, certificate, rootPublicKey: root.public }
}

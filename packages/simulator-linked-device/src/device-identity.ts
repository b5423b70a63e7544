import { createHmac } from 'node:crypto'
import { Curve, WA_ADV_ACCOUNT_SIG_PREFIX, WA_ADV_DEVICE_SIG_PREFIX, proto } from 'baileys'
import type { Party } from './party.ts'

/** The phone's word that a device with this identity key is linked to it; the device adds its own signature. */
export function vouchFor(
  phone: Party,
  identityKey: Uint8Array,
  deviceId: number,
): proto.IADVSignedDeviceIdentity {
  const { public: accountSignatureKey, private: secret } = phone.creds.signedIdentityKey
  const details = proto.ADVDeviceIdentity.encode({
    rawId: phone.creds.registrationId,
    timestamp: Math.floor(Date.now() / 1_000),
    keyIndex: deviceId,
    accountType: proto.ADVEncryptionType.E2EE,
    deviceType: proto.ADVEncryptionType.E2EE,
  }).finish()
  const signed = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, identityKey])
  return { details, accountSignatureKey, accountSignature: Curve.sign(secret, signed) }
}

/** As it goes over the line while pairing: bound to the secret that only the QR code or the typed code gave away. */
export function boundTo(advSecret: Uint8Array, identity: proto.IADVSignedDeviceIdentity): Uint8Array {
  const details = proto.ADVSignedDeviceIdentity.encode(identity).finish()
  const hmac = createHmac('sha256', advSecret).update(details).digest()
  return proto.ADVSignedDeviceIdentityHMAC.encode({ details, hmac }).finish()
}

/** True when phone and device both signed for this identity key. */
export function isVouched(phone: Party, identityKey: Uint8Array, bytes: Uint8Array): boolean {
  const { details, accountSignature, deviceSignature } = proto.ADVSignedDeviceIdentity.decode(bytes)
  if (!details || !accountSignature || !deviceSignature) return false
  const account = phone.creds.signedIdentityKey.public
  const byPhone = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, identityKey])
  const byDevice = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, identityKey, account])
  return (
    Curve.verify(account, byPhone, accountSignature) && Curve.verify(identityKey, byDevice, deviceSignature)
  )
}

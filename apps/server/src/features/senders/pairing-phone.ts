import type { PairingWish } from '@siar/contract'
import { AppError } from '@siar/domain'
import { parsePhone } from '@siar/domain/phone'

/** The number a code is typed on; null for a QR code. @throws AppError `validation_failed` for what is no number. */
export function readPairingPhone(wish: PairingWish): string | null {
  if (wish.by === 'qr') return null
  const phone = parsePhone(wish.phone, 'ID')
  if (phone.ok) return phone.e164
  throw new AppError('validation_failed', {
    problems: [{ path: 'pairing.phone', message: 'is not a phone number' }],
  })
}

import { createHash } from 'node:crypto'

const keyLengthMax = 200

/**
 * The name of one of Baileys' values in the credential store, which takes `[A-Za-z0-9._:@-]` only: other characters, and
 * `@` itself, become `@` with their bytes. Long ones are named by their hash.
 */
export function credentialKey(type: string, id: string): string {
  const escape = (text: string): string =>
    text.replace(/[^A-Za-z0-9._:-]/gu, (character) =>
      Array.from(Buffer.from(character), (byte) => `@${byte.toString(16).padStart(2, '0')}`).join(''),
    )
  const key = `${escape(type)}:${escape(id)}`
  if (key.length <= keyLengthMax) return key
  return `${escape(type).slice(0, 60)}:sha256.${createHash('sha256').update(id).digest('hex')}`
}

export const credsKey = 'creds'

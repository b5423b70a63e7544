import type { CredentialStore, OpenRequest } from '../open-request.ts'

/** Credentials in memory, as atomic as the real ones. */
export function memoryCredentials(): CredentialStore {
  const kept = new Map<string, Uint8Array>()
  return {
    read: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const value = kept.get(key)
          return value ? [[key, value.slice()] as const] : []
        }),
      ),
    write: async (entries) => {
      for (const [key, value] of entries) {
        if (value === null) kept.delete(key)
        else kept.set(key, value.slice())
      }
    },
    clear: async () => kept.clear(),
  }
}

/** A request as the product makes it, with credentials of its own. */
export function openRequest(
  senderId: string,
  given: Partial<Omit<OpenRequest, 'senderId'>> = {},
): OpenRequest {
  return {
    senderId,
    phone: null,
    settings: {},
    secrets: {},
    egress: { kind: 'direct' },
    credentials: memoryCredentials(),
    pairing: { by: 'qr' },
    ...given,
  }
}

import { BufferJSON } from 'baileys'
import type { LinkedCredentials } from '@siar/simulator-linked-device'

/** What the stand-in's process tells when its senders can log in. */
export interface StandInReady {
  readonly url: string
  /** Base64. */
  readonly rootPublicKey: string
  readonly mediaCertificatePem: string
  readonly linked: readonly { readonly senderId: string; readonly kept: Readonly<Record<string, string>> }[]
}

/** What the adapter keeps for a linked device, by its keys of the credential store. */
export function keptBy({ creds, preKeys }: LinkedCredentials): Record<string, string> {
  const encode = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer)
  const keys = Object.entries(preKeys).map(([id, pair]) => [`pre-key:${id}`, encode(pair)])
  return { creds: encode(creds), ...(Object.fromEntries(keys) as Record<string, string>) }
}

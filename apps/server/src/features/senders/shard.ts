import { hash32 } from '@siar/domain'

export const shardCount = 256

/** The shard a sender belongs to for ever, 0–255. */
export function shardOf(senderId: string): number {
  return hash32(senderId) % shardCount
}

/** Message ids shown already, with the channel's id of each. Forgets the oldest beyond some hundred thousand. */
export interface SeenIds {
  find(messageId: string): string | undefined
  add(messageId: string, channelMessageId: string): void
}

const generationMax = 250_000

/** Two generations: when the newer one is full, the older one is dropped whole. */
export function createSeenIds(): SeenIds {
  let newer = new Map<string, string>()
  let older = new Map<string, string>()
  return {
    find: (messageId) => newer.get(messageId) ?? older.get(messageId),
    add: (messageId, channelMessageId) => {
      if (newer.size >= generationMax) {
        older = newer
        newer = new Map()
      }
      newer.set(messageId, channelMessageId)
    },
  }
}

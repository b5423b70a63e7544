const entered = new Map<string, string>()

/** Keeps the token for the page that follows, in memory only: once this page is left, nobody sees it again. */
export function rememberVerifyToken(senderId: string, token: string): void {
  entered.clear()
  entered.set(senderId, token)
}

/** The token that was just entered for this sender; null after a reload. */
export function recallVerifyToken(senderId: string): string | null {
  return entered.get(senderId) ?? null
}

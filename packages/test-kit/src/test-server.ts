/** What the global set-up tells the test files: where the server is and which database to copy. */
export interface TestServer {
  url: string
  templateName: string
  /** Every database of this run begins with it. */
  prefix: string
}

declare module 'vitest' {
  interface ProvidedContext {
    siarTestServer: TestServer
  }
}

/** The same server, another database. */
export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

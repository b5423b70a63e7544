/**
 * Serves requests together: those that come while one group is at work make up the next group.
 *
 * @param serve Answers a group in its order. When it fails every request of the group fails with it.
 */
export class Coalescer<Request, Result> {
  readonly #serve: (requests: readonly Request[]) => Promise<readonly Result[]>
  #waiting: { request: Request; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  #running = false

  constructor(serve: (requests: readonly Request[]) => Promise<readonly Result[]>) {
    this.#serve = serve
  }

  ask(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject })
      if (!this.#running) void this.#loop()
    })
  }

  async #loop(): Promise<void> {
    this.#running = true
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0)
      try {
        const results = await this.#serve(group.map(({ request }) => request))
        group.forEach(({ resolve }, index) => resolve(results[index] as Result))
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    this.#running = false
  }
}

type Step = { at: string; sent: number; delivered: number; read: number }

/** Turns events per step into totals up to each step, so that a curve shows how many, not how busy one moment was. */
export function soFar(steps: readonly Step[]): Step[] {
  const total = { sent: 0, delivered: 0, read: 0 }
  return steps.map(({ at, sent, delivered, read }) => {
    total.sent += sent
    total.delivered += delivered
    total.read += read
    return { at, ...total }
  })
}

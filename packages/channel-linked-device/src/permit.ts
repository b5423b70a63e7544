/**
 * Says in another thread, without waiting, whether a session may still act.
 *
 * The owner renews it while it may. Whoever reads it trusts it for a second: a process that was frozen, or whose main
 * thread hangs, finds it expired on waking, before anything leaves. Times are of the machine's monotonic clock, which all
 * threads share.
 */
const validNs = 1_000_000_000n
const always = 2n ** 62n

export type PermitBuffer = SharedArrayBuffer

export interface Permit {
  readonly buffer: PermitBuffer
  /** True when the session may act now; renews the permit then, and ends it otherwise. */
  renew(): boolean
}

/** @param mayAct Asked at each renewal; undefined where nobody limits the session. */
export function createPermit(mayAct: (() => boolean) | undefined): Permit {
  const buffer = new SharedArrayBuffer(8)
  const until = new BigInt64Array(buffer)
  const renew = (): boolean => {
    const may = mayAct === undefined || mayAct()
    Atomics.store(until, 0, mayAct === undefined ? always : may ? process.hrtime.bigint() + validNs : 0n)
    return may
  }
  renew()
  return { buffer, renew }
}

export function isPermitted(buffer: PermitBuffer): boolean {
  return process.hrtime.bigint() < Atomics.load(new BigInt64Array(buffer), 0)
}

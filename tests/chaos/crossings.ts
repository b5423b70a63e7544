import type { Channel, InboundEvent, Session } from '@siar/channel'
import type { AnyScope } from '@siar/database'
import type { Simulator } from '@siar/simulator'
import type { Core } from '../../apps/server/src/core.ts'

/** Where a process is to die: when it crosses this point for the `nth` time, or at the latest after so many crossings in all. */
export interface KillPlan {
  readonly point: string
  readonly nth: number
  readonly latest: number
}

/** Counts the await points a process crosses at its edges, each named by the code that waits there. */
export class Crossings {
  readonly #die: (point: string) => void
  #counts = new Map<string, number>()
  #all = 0
  #plan: KillPlan | null = null

  /** @param die Ends the process and does not return. */
  constructor(die: (point: string) => void) {
    this.#die = die
  }

  /** Counts from nothing again; null lets the process live. */
  follow(plan: KillPlan | null): void {
    this.#plan = plan
    this.#counts = new Map()
    this.#all = 0
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }

  cross(point: string): void {
    const count = (this.#counts.get(point) ?? 0) + 1
    this.#counts.set(point, count)
    this.#all += 1
    const plan = this.#plan
    if (plan === null) return
    if ((plan.point === point && count >= plan.nth) || this.#all >= plan.latest) this.#die(point)
  }

  /** Crosses before and after something that is waited for. */
  async around<T>(name: string, run: () => Promise<T>): Promise<T> {
    this.cross(`${name}: before`)
    const result = await run()
    this.cross(`${name}: after`)
    return result
  }
}

/** How many frames lie between the look at the stack and the product's function: the watching ones. */
const framesBelow = { statement: 3, transaction: 4 } as const

/** The function of the product that waits here, such as `claimDue` or `Taker.#transact`; else its place in its file. */
function callerName(kind: keyof typeof framesBelow): string {
  const frame = new Error().stack?.split('\n')[framesBelow[kind]] ?? ''
  const named = /^ +at (?:async )?([^ (]+) \(/.exec(frame)
  return named?.[1] ?? `line ${/:(\d+):\d+\)?$/.exec(frame)?.[1] ?? '?'}`
}

function watchScope<Scope extends AnyScope>(crossings: Crossings, scope: Scope): Scope {
  return {
    ...scope,
    query: (statement: never, values?: never) =>
      crossings.around(`statement of ${callerName('statement')}`, () => scope.query(statement, values)),
    execute: (statement: never, values?: never) =>
      crossings.around(`statement of ${callerName('statement')}`, () => scope.execute(statement, values)),
  }
}

async function watchTransaction<Scope extends AnyScope, T>(
  crossings: Crossings,
  open: (run: (scope: Scope) => Promise<T>) => Promise<T>,
  run: (scope: Scope) => Promise<T>,
): Promise<T> {
  const name = `transaction of ${callerName('transaction')}`
  crossings.cross(`${name}: before begin`)
  const result = await open(async (scope) => {
    const made = await run(watchScope(crossings, scope))
    crossings.cross(`${name}: before commit`)
    return made
  })
  crossings.cross(`${name}: after commit`)
  return result
}

/** The same core, whose transactions, statements, events and jobs are crossings. */
export function watchCore(crossings: Crossings, core: Core): Core {
  const { bus, jobs } = core
  return {
    ...core,
    inWorkspace: (workspaceId, run) =>
      watchTransaction(crossings, (inner) => core.inWorkspace(workspaceId, inner), run),
    inSystem: (run) => watchTransaction(crossings, (inner) => core.inSystem(inner), run),
    bus: { ...bus, publish: (event) => crossings.around('event', () => bus.publish(event)) },
    jobs: {
      ...jobs,
      add: (definition, payload, options) =>
        crossings.around(`job ${definition.name}`, () => jobs.add(definition, payload, options)),
    },
  }
}

/** The same channel, whose calls and reports are crossings. */
export function watchSimulator(crossings: Crossings, simulator: Simulator): Simulator {
  const { channel } = simulator
  const open: Channel['open'] = async (request, listener) => {
    const session = await crossings.around('open', () =>
      channel.open(request, (events) =>
        crossings.around(`report of ${kindsOf(events)}`, () => listener(events)),
      ),
    )
    return watchSession(crossings, session)
  }
  return {
    ...simulator,
    control: simulator.control,
    channel: { ...channel, open },
    close: () => simulator.close(),
  }
}

function kindsOf(events: readonly InboundEvent[]): string {
  return [...new Set(events.map(({ type }) => type))].toSorted().join(' and ')
}

function watchSession(crossings: Crossings, session: Session): Session {
  const mode = session.capabilities.dedupesOurId ? 'deduped' : 'not deduped'
  return {
    ...session,
    send: (message, signal) => crossings.around(`send, ${mode}`, () => session.send(message, signal)),
    showTyping: (to, durationMs) => crossings.around('typing', () => session.showTyping(to, durationMs)),
    close: () => crossings.around('close', () => session.close()),
    logOut: () => session.logOut(),
  }
}

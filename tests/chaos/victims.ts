import type { ChildProcess } from 'node:child_process'
import { killChild, startChild, untilExit, untilMessage } from './children.ts'
import type { KillPlan } from './crossings.ts'
import type { FromVictim, ToVictim } from './victim-process.ts'

/** One running Siar that can be told where to die. */
export interface Victim {
  readonly exited: Promise<void>
  isLiving(): boolean
  follow(plan: KillPlan | null): Promise<void>
  /** Crossings since it last was told what to follow, by point. */
  counts(): Promise<Readonly<Record<string, number>>>
  kill(): Promise<void>
}

/** Victims one after the other; the next is loaded while the present one lives. */
export interface Victims {
  /** Resolves when it has begun to work; it may be dead by then. */
  next(plan: KillPlan | null): Promise<Victim>
}

type Message<Kind extends FromVictim['kind']> = Extract<FromVictim, { kind: Kind }>

export interface VictimOptions {
  /** The file of `victim-process.ts`, with or without everything it imports. */
  readonly program: string
  /** Victims append here where they ended themselves. */
  readonly deathsFile: string
  readonly environment: Record<string, string>
  readonly logFile: string | null
}

const sendTo = (child: ChildProcess, message: ToVictim): void => void child.send(message, () => undefined)

export function createVictims({ program, deathsFile, environment, logFile }: VictimOptions): Victims {
  const load = async (): Promise<ChildProcess> => {
    const child = startChild(program, { args: [deathsFile], logFile })
    await untilMessage<Message<'loaded'>>(child, 'loaded')
    return child
  }
  const loading: Promise<ChildProcess>[] = [load()]
  const loadAhead = (): Promise<ChildProcess> => {
    const child = load()
    child.catch(() => undefined)
    return child
  }
  return {
    next: async (plan) => {
      const child = await (loading.shift() ?? load())
      loading.push(loadAhead())
      let isGone = false
      const exited = untilExit(child).then(() => {
        isGone = true
      })
      const started = untilMessage<Message<'started'>>(child, 'started')
      sendTo(child, { kind: 'go', environment, plan })
      await started.catch(() => undefined)
      return {
        exited,
        isLiving: () => !isGone,
        follow: async (wanted) => {
          const following = untilMessage<Message<'following'>>(child, 'following')
          sendTo(child, { kind: 'follow', plan: wanted })
          await following
        },
        counts: async () => {
          const counted = untilMessage<Message<'counted'>>(child, 'counted')
          sendTo(child, { kind: 'count' })
          return (await counted).counts
        },
        kill: () => killChild(child),
      }
    },
  }
}

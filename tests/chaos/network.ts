import { appendFileSync } from 'node:fs'
import type { NetworkSession, SimulatedNetwork } from '@siar/simulator'

/** One line of the network's own memory of sessions. */
export interface SessionLine {
  readonly atMs: number
  /** The door a process came through: each has one of its own. */
  readonly door: number
  readonly senderId: string
  /** Counts the sessions of the whole network. */
  readonly session: number
  readonly what: 'open' | 'close' | 'send'
  /** Another session of this sender has been opened since: the sender lives twice. */
  readonly isReplaced: boolean
}

/** Remembers which sessions came through which door, in a file that is only ever appended to. */
export class SessionMemory {
  readonly #latest = new Map<string, number>()
  readonly #file: string
  #sessions = 0

  constructor(file: string) {
    this.#file = file
  }

  /** The same network, seen through one door. */
  door(network: SimulatedNetwork, door: number): SimulatedNetwork {
    return {
      ...network,
      open: (request, listener) => {
        const { senderId } = request
        const session = (this.#sessions += 1)
        this.#latest.set(senderId, session)
        const write = (what: SessionLine['what']): void => this.#write({ door, senderId, session, what })
        write('open')
        return watchSession(network.open(request, listener), write)
      },
    }
  }

  #write(line: Pick<SessionLine, 'door' | 'senderId' | 'session' | 'what'>): void {
    const isReplaced = this.#latest.get(line.senderId) !== line.session
    appendFileSync(this.#file, `${JSON.stringify({ atMs: Date.now(), ...line, isReplaced })}\n`)
  }
}

function watchSession(session: NetworkSession, write: (what: SessionLine['what']) => void): NetworkSession {
  return {
    ...session,
    send: (message, signal) => {
      write('send')
      return session.send(message, signal)
    },
    showTyping: () => session.showTyping(),
    close: () => {
      write('close')
      session.close()
    },
    logOut: () => session.logOut(),
  }
}

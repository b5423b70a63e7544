import { parentPort, workerData } from 'node:worker_threads'
import { WA_CERT_DETAILS } from 'baileys'
import type { InboundEvent } from '@siar/channel'
import { isPermitted } from '../permit.ts'
import { Rpc } from '../rpc.ts'
import type { Host } from './host.ts'
import { LinkedSession } from './linked-session.ts'
import type { PlainMessage } from './outbound-message.ts'
import type { RunSettings, SessionOrder } from './session-settings.ts'

/** The thread that runs linked sessions: their sockets, their keys, their faults. */
const settings = workerData as RunSettings
const port = parentPort
if (port === null) throw new Error('this file runs in a worker thread')

// The stand-in's root is trusted instead of WhatsApp's only where whoever built the channel named a stand-in.
if (settings.standIn) WA_CERT_DETAILS.PUBLIC_KEY.set(settings.standIn.rootPublicKey)

const sessions = new Map<string, LinkedSession>()
const aborts = new Map<string, AbortController>()
const rpc = new Rpc(port, (key, method, args) => handle(key, method, args))

function hostOf(key: string, { permit }: SessionOrder): Host {
  return {
    mayAct: () => isPermitted(permit),
    read: (keys) => rpc.call(key, 'read', keys),
    write: (entries) => rpc.call(key, 'write', entries),
    clear: () => rpc.call(key, 'clear'),
    turn: () => rpc.call(key, 'turn'),
    readMedia: (sendId) => rpc.call(key, 'readMedia', sendId),
    emit: (...events: InboundEvent[]) => {
      if (events.length > 0) rpc.tell(key, 'emit', events)
    },
    deliver: (events) => rpc.call(key, 'deliver', events),
  }
}

async function abortable<T>(callId: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  aborts.set(callId, abort)
  try {
    return await run(abort.signal)
  } finally {
    aborts.delete(callId)
  }
}

async function end(key: string, session: LinkedSession, how: 'close' | 'logOut'): Promise<void> {
  try {
    await session[how]()
  } finally {
    sessions.delete(key)
  }
}

function open(key: string, order: SessionOrder): void {
  const session = new LinkedSession(hostOf(key, order), order, settings)
  sessions.set(key, session)
  session.start()
}

function handle(key: string, method: string, args: unknown[]): unknown {
  const [first, second, third] = args
  if (method === 'open') return open(key, first as SessionOrder)
  if (method === 'abort') return aborts.get(first as string)?.abort()
  const session = sessions.get(key)
  if (session === undefined) throw Object.assign(new Error('no such session'), { code: 'not_connected' })
  switch (method) {
    case 'send': {
      const sendId = second as string
      return abortable(sendId, (signal) => session.send(first as PlainMessage, sendId, signal))
    }
    case 'typing':
      return session.showTyping(first as string, second as number)
    case 'read':
      return session.markRead(first as string, second as string)
    case 'download':
      return abortable(third as string, (signal) =>
        session.download(first as string, second as number, signal),
      )
    case 'exists':
      return session.exists(first as readonly string[])
    case 'groups':
      return session.listGroups()
    case 'addressBook':
      return session.addressBook()
    case 'members':
      return session.groupMembers(first as string)
    case 'close':
    case 'logOut':
      return end(key, session, method)
    default:
      throw new Error(`no method ${method}`)
  }
}

// Baileys starts work nobody waits for. What fails there concerns one connection, which ends by itself; the thread and
// the other sessions go on. A fault that is thrown outright ends the thread, and the pool starts another.
process.on('unhandledRejection', () => rpc.tell('', 'fault'))

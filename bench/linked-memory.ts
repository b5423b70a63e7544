import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createLinkedDeviceChannel } from '@siar/channel-linked-device'
import type { LinkedDeviceChannel } from '@siar/channel-linked-device'
import type { CredentialStore, Session } from '@siar/channel'
import { rounded } from './bench.ts'
import type { Bench, BenchArguments, BenchReport } from './bench.ts'
import type { StandInReady } from './linked-memory/kept-by.ts'

const connectsPerSecond = 40

function storeOf(kept: Readonly<Record<string, string>>): CredentialStore {
  const entries = new Map(Object.entries(kept).map(([key, text]) => [key, Buffer.from(text) as Uint8Array]))
  return {
    read: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const value = entries.get(key)
          return value ? [[key, value] as const] : []
        }),
      ),
    write: async (changes) => {
      for (const [key, value] of changes) {
        if (value === null) entries.delete(key)
        else entries.set(key, value)
      }
    },
    clear: async () => entries.clear(),
  }
}

function rssMb(): number {
  return process.memoryUsage().rss / 2 ** 20
}

/** Memory once it stands still: the lowest of a few looks. */
async function settledRssMb(seconds: number): Promise<number> {
  let lowest = Infinity
  for (let look = 0; look < seconds * 2; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    lowest = Math.min(lowest, rssMb())
  }
  return lowest
}

type Linked = StandInReady['linked'][number]

/** Resolves when the sender is online. */
async function open(channel: LinkedDeviceChannel, { senderId, kept }: Linked): Promise<Session> {
  let tell: () => void = () => undefined
  const online = new Promise<void>((resolve) => {
    tell = resolve
  })
  const session = await channel.open(
    {
      senderId,
      phone: null,
      settings: {},
      secrets: {},
      egress: { kind: 'direct' },
      credentials: storeOf(kept),
      pairing: { by: 'qr' },
    },
    async (events) => {
      if (events.some((event) => event.type === 'state' && event.state === 'online')) tell()
    },
  )
  await online
  return session
}

async function sendOne(session: Session, index: number): Promise<boolean> {
  const messageId = `msg_${(index + 1).toString(16).padStart(32, '0')}`
  const outcome = await session.send({
    messageId,
    to: `+62813${String(index).padStart(8, '0')}`,
    text: 'Halo',
  })
  return outcome.kind === 'accepted'
}

async function measure(
  args: BenchArguments,
  standIn: ChildProcess,
  ready: StandInReady,
): Promise<BenchReport> {
  const [first, ...others] = ready.linked
  if (!first) throw new Error('at least one sender is needed')
  const seconds = args.number('seconds', 20)
  const channel = createLinkedDeviceChannel({
    connectsPerSecond,
    pool: { workersMax: args.number('workers', 2), sessionsPerWorker: 1 },
    standIn: {
      url: ready.url,
      rootPublicKey: Buffer.from(ready.rootPublicKey, 'base64'),
      mediaCertificatePem: ready.mediaCertificatePem,
    },
  })
  const beforeMb = rssMb()
  const sessions = [await open(channel, first)]
  const [second] = others.splice(0, 1)
  if (second) sessions.push(await open(channel, second))
  const threadsMb = await settledRssMb(Math.min(5, seconds))
  args.say(`threads ready at ${rounded(threadsMb)} MB`)
  const startedAtMs = performance.now()
  sessions.push(...(await Promise.all(others.map((linked) => open(channel, linked)))))
  const connectSeconds = (performance.now() - startedAtMs) / 1_000
  args.say(`${sessions.length} senders online after ${rounded(connectSeconds, 1)} s`)
  const idleMb = await settledRssMb(seconds)
  let accepted = 0
  const senders = sessions.slice(0, args.number('sends', 50))
  for (const [index, session] of senders.entries()) if (await sendOne(session, index)) accepted += 1
  const afterSendMb = await settledRssMb(Math.min(5, seconds))
  await channel.close()
  standIn.disconnect()
  return {
    load: `${sessions.length} linked senders online and idle against the stand-in (in another process), then one text from each of ${senders.length}`,
    runs: 1,
    figures: {
      senders: sessions.length,
      rssBeforeMb: rounded(beforeMb),
      rssThreadsMb: rounded(threadsMb),
      rssIdleMb: rounded(idleMb),
      perSenderMb: rounded((idleMb - threadsMb) / Math.max(1, others.length), 2),
      rssAfterSendMb: rounded(afterSendMb),
      accepted,
      connectSeconds: rounded(connectSeconds, 1),
    },
    notes: ['credentials lie in memory here, some 8 kB each; the product keeps them in PostgreSQL'],
  }
}

export const bench: Bench = {
  claim: 'linked-memory',
  run: async (args) => {
    const senders = args.number('senders', 200)
    const file = new URL('./linked-memory/stand-in-process.ts', import.meta.url)
    const standIn = fork(file, [String(senders)], { stdio: 'inherit' })
    const [ready] = (await once(standIn, 'message')) as [StandInReady]
    return measure(args, standIn, ready)
  },
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OutboundMessage, Session } from '@siar/channel'
import { approveTemplates, everyMessage, mediaOf, messageTo } from './testing/every-request.ts'
import { reader, startMetaWorld } from './testing/meta-world.ts'
import type { MetaSender, MetaWorld } from './testing/meta-world.ts'
import { openSession } from './testing/open-session.ts'
import type { OpenedSession } from './testing/open-session.ts'

let world: MetaWorld
let sender: MetaSender
let opened: OpenedSession
let session: Session
beforeAll(async () => {
  world = await startMetaWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  sender = world.addSender()
  opened = await openSession(world, sender)
  session = opened.session
})

const uploads = (): number => world.server.control.counts().calls.uploads
const shown = async ({ messageId }: OutboundMessage): Promise<number> =>
  (await world.network.control.frames({ messageId })).filter((frame) => frame.shown).length

describe('sending', () => {
  test('every kind of message is taken, and each is shown once', async () => {
    await approveTemplates(session, world, sender.wabaId)
    for (const message of everyMessage()) {
      expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
      if (message.to === reader) expect(await shown(message)).toBe(1)
    }
  })

  test('a person known only by an id of WhatsApp is written to by it', async () => {
    world.server.control.openWindow(sender.numberId, 'ID.13491208655302741918')
    const message = messageTo('ID.13491208655302741918')
    expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(await world.network.control.frames({ messageId: message.messageId })).toMatchObject([
      { to: 'ID.13491208655302741918' },
    ])
  })

  test('an address of another channel and text beside audio are turned away before anything leaves', async () => {
    const before = world.server.control.counts().calls.messages
    for (const message of [
      messageTo('81234@lid'),
      messageTo(reader, { media: mediaOf('audio'), text: 'ini suaranya' }),
    ]) {
      expect(await session.send(message)).toMatchObject({ kind: 'refused', action: 'our_fault' })
    }
    expect(world.server.control.counts().calls.messages).toBe(before)
  })

  test('every code of Meta ends as its own action, at once and late', async () => {
    const codes = {
      130429: 'slow_sender',
      131056: 'delay_recipient',
      131049: 'cool_recipient',
      132015: 'stop_campaign',
    }
    for (const [code, action] of Object.entries(codes)) {
      const end = { kind: 'error', code: Number(code) } as const
      world.server.control.addRule({ objectId: sender.numberId, count: 1, end })
      expect(await session.send(messageTo(reader))).toMatchObject({ kind: 'refused', action })
      world.server.control.addRule({ objectId: sender.numberId, count: 1, end: { ...end, late: true } })
      const message = messageTo(reader)
      expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
      await opened.hears({
        messageId: message.messageId,
        kind: 'refused',
        refusal: expect.objectContaining({ action }),
      })
    }
  })

  test('Meta says how long to wait, and a fault of its own is settled later', async () => {
    const { addRule } = world.server.control
    const { numberId } = sender
    addRule({
      objectId: numberId,
      count: 1,
      end: { kind: 'error', code: 130429, status: 429, retryAfterS: 9 },
    })
    expect(await session.send(messageTo(reader))).toMatchObject({
      action: 'slow_sender',
      retryAfterMs: 9_000,
    })
    addRule({ objectId: numberId, count: 1, end: { kind: 'error', code: 131016, status: 503 } })
    expect(await session.send(messageTo(reader))).toMatchObject({ action: 'settle' })
    addRule({
      objectId: numberId,
      count: 1,
      end: { kind: 'foreign', status: 502, body: '<html>Bad gateway</html>' },
    })
    expect(await session.send(messageTo(reader))).toMatchObject({ action: 'settle' })
    addRule({
      objectId: numberId,
      count: 1,
      end: { kind: 'foreign', status: 200, body: '<html>Welcome</html>' },
    })
    expect((await session.send(messageTo(reader))).kind).toBe('unknown')
  })

  test('outside the window only a template goes, and the refusal comes late', async () => {
    const stranger = '+6281277777777'
    await world.network.control.setPerson(stranger, { onWhatsApp: true })
    const message = messageTo(stranger)
    expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
    await opened.hears({
      messageId: message.messageId,
      refusal: { reason: 'window_closed', action: 'needs_template' },
    })
    expect(await shown(message)).toBe(0)
  })

  test('nothing leaves once another process may hold the session', async () => {
    await session.close()
    let mayAct = true
    const held = await openSession(world, sender, { request: { mayAct: () => mayAct } })
    mayAct = false
    const message = messageTo(reader)
    expect(await held.session.send(message)).toMatchObject({ kind: 'not_sent', reason: 'may_not_act' })
    expect(await shown(message)).toBe(0)
  })

  test('what waits for a connection leaves with nobody, once its signal ends', async () => {
    const before = world.server.control.counts().calls.messages
    world.server.control.addRule({ objectId: sender.numberId, end: { kind: 'hangs', shown: false } })
    const stop = new AbortController()
    const sends = Array.from({ length: 900 }, (_, index) =>
      session.send(messageTo(`+62813${String(index).padStart(8, '0')}`), stop.signal),
    )
    const arrived = (): number => world.server.control.counts().calls.messages - before
    await expect.poll(arrived, { timeout: 15_000 }).toBe(600)
    stop.abort()
    const kinds = (await Promise.all(sends)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'unknown')).toHaveLength(600)
    expect(kinds.filter((kind) => kind === 'not_sent')).toHaveLength(300)
    world.server.control.clearRules()
  })
})

describe('files', () => {
  test('one file is uploaded once for a number, however many carry it, also after a restart', async () => {
    const before = uploads()
    const messages = Array.from({ length: 30 }, () => messageTo(reader, { media: mediaOf('image') }))
    const outcomes = await Promise.all(messages.map((message) => session.send(message)))
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true)
    expect(uploads() - before).toBe(1)
    await session.close()
    const again = await openSession(world, sender)
    await again.session.send(messageTo(reader, { media: mediaOf('image') }))
    expect(uploads() - before).toBe(1)
    const other = await openSession(world, world.addSender())
    await other.session.send(messageTo(reader, { media: mediaOf('image') }))
    expect(uploads() - before).toBe(2)
  })

  test('a file Meta no longer holds is uploaded again once, and the message is shown once', async () => {
    await session.send(messageTo(reader, { media: mediaOf('image') }))
    world.server.control.expireMedia()
    const before = uploads()
    const message = messageTo(reader, { media: mediaOf('image') })
    expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(uploads() - before).toBe(1)
    expect(await shown(message)).toBe(1)
  })

  test('a file that was just uploaded and is refused is not tried again', async () => {
    const before = uploads()
    world.server.control.addRule({
      objectId: sender.numberId,
      count: 2,
      end: { kind: 'error', code: 131053 },
    })
    const message = messageTo(reader, { media: mediaOf('image', 'fresh') })
    expect(await session.send(message)).toMatchObject({ reason: 'media_failed', action: 'upload_again' })
    expect(uploads() - before).toBe(1)
    world.server.control.clearRules()
  })

  test('a file that Meta could not use in the end is uploaded anew for the next message', async () => {
    const end = { kind: 'error', code: 131053, late: true } as const
    world.server.control.addRule({ objectId: sender.numberId, count: 1, end })
    const failed = messageTo(reader, { media: mediaOf('image', 'late') })
    await session.send(failed)
    await opened.hears({ messageId: failed.messageId, kind: 'refused' })
    const before = uploads()
    await session.send(messageTo(reader, { media: mediaOf('image', 'late') }))
    expect(uploads() - before).toBe(1)
  })

  test('a file that cannot be read or uploaded sends nothing', async () => {
    const unreadable = { ...mediaOf('image', 'gone'), read: () => Promise.reject(new Error('gone')) }
    expect(await session.send(messageTo(reader, { media: unreadable }))).toMatchObject({ kind: 'not_sent' })
    world.server.control.addRule({
      objectId: sender.numberId,
      call: 'media',
      count: 1,
      end: { kind: 'error', code: 131053 },
    })
    const message = messageTo(reader, { media: mediaOf('image', 'refused') })
    expect(await session.send(message)).toMatchObject({ kind: 'refused', action: 'upload_again' })
    expect(await shown(message)).toBe(0)
  })
})

describe('answers', () => {
  test('typing is shown beside the last message of the person, and only then', async () => {
    const counts = (): { read: number; typing: number } => world.server.control.counts().calls
    const before = counts()
    await session.showTyping(reader, 1_000)
    expect(counts().typing).toBe(before.typing)
    await world.network.control.incoming(sender.request.senderId, reader, 'Halo?')
    await opened.hears({ type: 'message', text: 'Halo?' })
    await session.showTyping(reader, 1_000)
    expect(counts().typing).toBe(before.typing + 1)
    await session.markRead(reader, 'wamid.x')
    expect(counts()).toMatchObject({ typing: before.typing + 1, read: before.read + 2 })
  })

  test('a file that came in is fetched with the token, within its bound, or is gone', async () => {
    const data = Buffer.from('suara')
    const media = {
      kind: 'audio',
      mimeType: 'audio/ogg',
      fileName: null,
      dataBase64: data.toString('base64'),
    }
    await world.network.control.incoming(sender.request.senderId, reader, '', { media })
    await opened.hears({ type: 'message', media: expect.objectContaining({ kind: 'audio' }) })
    const message = opened.heard.find((event) => event.type === 'message')
    const ref = message?.media?.ref ?? ''
    expect(await session.download(ref, 1_000)).toMatchObject({ mimeType: 'audio/ogg', data })
    expect(await session.download(ref, 3)).toBeNull()
    expect(await session.download('404404', 1_000)).toBeNull()
    expect(await session.download('../../me', 1_000)).toBeNull()
  })
})

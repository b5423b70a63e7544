import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InboundEvent } from '@siar/channel'
import { hiddenIdOf } from '@siar/simulator'
import { absentee, openPageWorld, reader } from '../testing/page-harness.ts'
import type { PageWorld } from '../testing/page-harness.ts'
import { newMessageId, watchSession } from '../testing/session-watch.ts'
import { openSharedBrowser } from '../testing/shared-browser.ts'
import type { SharedBrowser } from '../testing/shared-browser.ts'

describe('what WhatsApp Web shows', { timeout: 60_000 }, () => {
  let browser: SharedBrowser
  let world: PageWorld
  beforeAll(async () => {
    browser = await openSharedBrowser()
    world = await openPageWorld(browser, { dedupesOurId: false }, { offlineMs: 500 })
  })
  afterAll(async () => {
    await world.close()
    await browser.close()
  })
  const ofType = <T extends InboundEvent['type']>(heard: readonly InboundEvent[], type: T) =>
    heard.filter((event): event is Extract<InboundEvent, { type: T }> => event.type === type)

  test('opened elsewhere: it is told once and not fought for', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    await world.server.control.setStream(watch.session.senderId, 'CONFLICT', 'OFFLINE')
    await watch.reaches('offline')
    await expect
      .poll(() => world.server.control.isOpen(watch.session.senderId), { timeout: 10_000 })
      .toBe(false)
    expect(watch.states()).toEqual(['online:', 'offline:opened_elsewhere'])
    await watch.session.close()
  })

  test('the terms were broken: banned, for private and business accounts alike', async () => {
    for (const mode of ['TOS_BLOCK', 'SMB_TOS_BLOCK'] as const) {
      const watch = await watchSession(world.channel, world.linked())
      await watch.reaches('online')
      await world.server.control.setStream(watch.session.senderId, mode, 'OFFLINE')
      await watch.reaches('banned')
      await watch.session.close()
    }
  })

  test('an address WhatsApp blocks ends the session; an outdated page and a stalled line start it anew', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    await world.server.control.setStream(watch.session.senderId, 'DEPRECATED_VERSION', 'NORMAL')
    await watch.reaches('online', 1)
    await world.server.control.setStream(watch.session.senderId, 'MAIN', 'CONNECTING')
    await watch.reaches('online', 2)
    await world.server.control.setStream(watch.session.senderId, 'PROXYBLOCK', 'OFFLINE')
    await watch.reaches('offline')
    expect(watch.states()).toEqual([
      'online:',
      'reconnecting:outdated_page',
      'online:',
      'reconnecting:connection_lost',
      'reconnecting:connection_stalled',
      'online:',
      'offline:whatsapp_blocks_this_address',
    ])
    await watch.session.close()
  })

  test('a code that nobody scans ends in offline, and the browser is given back', async () => {
    const request = world.fresh()
    const watch = await watchSession(world.channel, request)
    await watch.reaches('pairing')
    await expect.poll(() => ofType(watch.heard, 'pairing').length, { timeout: 20_000 }).toBe(1)
    world.network.tell(request.senderId, [
      { type: 'state', state: 'offline', reason: 'nobody scanned', phone: null, at: new Date() },
    ])
    await watch.reaches('offline')
    expect(watch.states()).toEqual(['pairing:', 'offline:nobody_scanned_in_time'])
    await expect.poll(() => world.server.control.isOpen(request.senderId), { timeout: 10_000 }).toBe(false)
    await watch.session.close()
  })

  test('a code can be typed on the phone instead, for exactly that number', async () => {
    const phone = '+6281299990000'
    const request = world.fresh({ pairing: { by: 'code', phone } })
    const watch = await watchSession(world.channel, request)
    await expect.poll(() => ofType(watch.heard, 'pairing').length, { timeout: 20_000 }).toBe(1)
    const [code] = ofType(watch.heard, 'pairing')
    expect(code).toMatchObject({ kind: 'code', data: expect.stringMatching(/^[A-Z0-9]{8}$/) as string })
    expect(await world.network.control.enterCode(request.senderId, code?.data ?? '')).toBe('paired')
    await watch.reaches('online')
    expect(ofType(watch.heard, 'state').at(-1)).toMatchObject({ state: 'online', phone })
    await watch.session.close()
  })

  test('people, groups and the owner’s own words come as they are; hidden ids stay hidden', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    const { senderId, directory } = watch.session
    expect(await directory?.exists([reader, absentee])).toEqual([
      { phone: reader, exists: true, aliases: [hiddenIdOf(reader)] },
      { phone: absentee, exists: false, aliases: [] },
    ])
    const [group] = (await directory?.groups()) ?? []
    expect(group).toMatchObject({ id: expect.stringMatching(/@g\.us$/) as string, memberCount: 7 })
    const members = (await directory?.groupMembers(group?.id ?? '')) ?? []
    expect(members.filter(({ phone }) => phone === null)).toHaveLength(1)
    expect((await directory?.addressBook())?.[0]).toMatchObject({
      phone: expect.stringMatching(/^\+62/) as string,
    })
    await world.network.control.writeOnPhone(senderId, reader, 'saya sendiri yang jawab')
    await expect
      .poll(() => ofType(watch.heard, 'own_message'), { timeout: 10_000 })
      .toMatchObject([{ to: reader, text: 'saya sendiri yang jawab' }])
    const button = { id: 'btn_yes', title: 'Ya, saya mau' }
    await world.network.control.incoming(senderId, reader, button.title, { button })
    await expect.poll(() => ofType(watch.heard, 'message'), { timeout: 10_000 }).toMatchObject([{ button }])
    world.server.control.failLookups(senderId, true)
    await expect(directory?.exists(['+6281200000009'])).rejects.toThrow(/cannot answer/)
    const outcome = await watch.session.send({ messageId: newMessageId(), to: '+6281200000009', text: 'x' })
    expect(outcome).toMatchObject({ kind: 'not_sent' })
    const png = await watch.session.screenshot?.()
    expect(
      Buffer.from(png ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    await watch.session.close()
  })

  test('where an account names people by hidden ids, messages still go and come by number', async () => {
    const watch = await watchSession(world.channel, world.linked({}, { lids: true }))
    await watch.reaches('online')
    const message = { messageId: newMessageId(), to: reader, text: 'Halo' }
    expect(await watch.session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(await world.network.control.frames({ messageId: message.messageId })).toMatchObject([
      { to: reader },
    ])
    await expect
      .poll(() => ofType(watch.heard, 'receipt').map(({ kind }) => kind), { timeout: 10_000 })
      .toContain('read')
    await world.network.control.incoming(watch.session.senderId, reader, 'halo juga')
    await expect
      .poll(() => ofType(watch.heard, 'message'), { timeout: 10_000 })
      .toMatchObject([{ from: reader, aliases: [hiddenIdOf(reader)] }])
    await watch.session.close()
  })

  test('three refusals without a reason in a row stop new chats, and a person who was answered begins anew', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    const { senderId } = watch.session
    const send = () => watch.session.send({ messageId: newMessageId(), to: reader, text: 'Halo' })
    await world.network.control.addRule({ senderId, count: 3, end: { kind: 'refused', reason: 'other' } })
    expect(await send()).toMatchObject({ kind: 'refused', reason: 'other', action: 'drop_recipient' })
    expect(await send()).toMatchObject({ reason: 'other' })
    expect(await send()).toMatchObject({ reason: 'new_chats_locked', action: 'stop_new_chats' })
    expect(await send()).toMatchObject({ kind: 'accepted' })
    await watch.session.close()
  })

  test('console errors come as notes without numbers and texts', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    const { senderId } = watch.session
    await world.server.control.complain(senderId, 'Failed to send "Halo Budi" to 6281234567890@c.us')
    await expect.poll(() => ofType(watch.heard, 'note'), { timeout: 10_000 }).toHaveLength(1)
    const [note] = ofType(watch.heard, 'note')
    expect(note).toMatchObject({ kind: 'console_error', detail: 'Failed to send … to <id>' })
    await watch.session.close()
  })

  test('a page that was reloaded by itself is listened to again', async () => {
    const watch = await watchSession(world.channel, world.linked())
    await watch.reaches('online')
    const [context] = browser.contexts().slice(-1)
    await context?.pages()[0]?.reload()
    await expect
      .poll(() => world.server.control.isOpen(watch.session.senderId), { timeout: 10_000 })
      .toBe(true)
    await expect
      .poll(
        async () => (await watch.session.send({ messageId: newMessageId(), to: reader, text: 'x' })).kind,
        { timeout: 20_000, interval: 200 },
      )
      .toBe('accepted')
    await watch.session.close()
  })

  test('a second send with the same id is shown once where the setting says so', async () => {
    const deduping = await openPageWorld(browser, { dedupesOurId: true })
    const watch = await watchSession(deduping.channel, deduping.linked())
    await watch.reaches('online')
    expect(watch.session.capabilities.dedupesOurId).toBe(true)
    const message = { messageId: newMessageId(), to: reader, text: 'Halo' }
    expect(await watch.session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(await watch.session.send(message)).toMatchObject({ kind: 'accepted' })
    const frames = await deduping.network.control.frames({ messageId: message.messageId })
    expect(frames.filter(({ shown }) => shown)).toHaveLength(1)
    await watch.session.close()
    await deduping.close()
  })

  test('another process may own the sender: nothing is started and nothing leaves', async () => {
    let isMine = false
    const request = world.linked({ mayAct: () => isMine })
    const watch = await watchSession(world.channel, request)
    await watch.reaches('offline')
    expect(watch.states()).toEqual(['offline:another_process_owns_the_sender'])
    await watch.session.close()
    isMine = true
    const again = await watchSession(world.channel, request)
    await again.reaches('online')
    isMine = false
    const message = { messageId: newMessageId(), to: reader, text: 'Halo' }
    expect(await again.session.send(message)).toMatchObject({ kind: 'not_sent' })
    expect(await world.network.control.frames({ messageId: message.messageId })).toEqual([])
    await again.session.close()
  })
})

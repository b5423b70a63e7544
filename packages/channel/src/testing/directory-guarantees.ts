import { expect, test } from 'vitest'
import { ChannelUnavailable } from '../directory.ts'
import type { KnownPerson } from '../directory.ts'
import { connect, connectLinked } from './connection.ts'
import type { ChannelHarness } from './harness.ts'

/** How a person is told apart: the number, and where that is hidden the id WhatsApp gives instead. */
const keyOf = ({ phone, aliases }: KnownPerson): string => phone ?? `hidden ${aliases.join(' ')}`
const keysOf = (people: readonly KnownPerson[]): string[] => people.map(keyOf).sort()

export function testDirectory(harness: () => ChannelHarness): void {
  test('groups and their members are told, hidden numbers by their id and without the sender itself', async () => {
    const { session } = await connectLinked(harness())
    if (!session.capabilities.groups) return
    const known = harness().knows(session.senderId).groups
    const groups = (await session.directory?.groups()) ?? []
    expect(groups).toHaveLength(known.length)
    for (const { id, name, members } of known) {
      expect(groups).toContainEqual({ id, name, memberCount: members.length + 1 })
      expect(keysOf((await session.directory?.groupMembers(id)) ?? [])).toEqual(keysOf(members))
    }
  })

  test('the address book is told with its names', async () => {
    const { session } = await connectLinked(harness())
    if (!session.capabilities.addressBook) return
    const { addressBook } = harness().knows(session.senderId)
    const told = (await session.directory?.addressBook()) ?? []
    expect(keysOf(told)).toEqual(keysOf(addressBook))
    expect(told.map(({ name }) => name).sort()).toEqual(addressBook.map(({ name }) => name).sort())
  })

  test('numbers are looked up in the order they were asked, and who is not on WhatsApp is told', async () => {
    const { session } = await connectLinked(harness())
    if (!session.capabilities.checksExistence) return
    const asked = [harness().reader(), harness().absentee()]
    const told = (await session.directory?.exists(asked)) ?? []
    expect(told.map(({ phone, exists }) => [phone, exists])).toEqual([
      [asked[0], true],
      [asked[1], false],
    ])
    expect((await session.directory?.exists(asked.toReversed()))?.map(({ exists }) => exists)).toEqual([
      false,
      true,
    ])
  })

  test('a session that is over tells nobody, and says that it cannot now', async () => {
    const { channel, linkedSender } = harness()
    if (!channel.capabilities.groups) return
    const { session, hear } = await connect(harness(), linkedSender())
    await hear('state', ({ state }) => state === 'online')
    await session.close()
    await expect(session.directory?.groups()).rejects.toBeInstanceOf(ChannelUnavailable)
    if (!channel.capabilities.checksExistence) return
    await expect(session.directory?.exists([harness().reader()])).rejects.toBeInstanceOf(ChannelUnavailable)
  })
}

import { ChannelUnavailable } from '@siar/channel'
import { acquaintancesOf, hiddenIdOf } from '@siar/simulator'
import type { WahaBehaviour } from '@siar/simulator'
import { expect, test } from 'vitest'
import { listenOnline } from './testing/ear.ts'
import { absentee, buildWahaWorld, reader } from './testing/waha-world.ts'

const engines: readonly Pick<WahaBehaviour, 'engine' | 'addressing'>[] = [
  { engine: 'NOWEB', addressing: 'phone' },
  { engine: 'WEBJS', addressing: 'phone' },
  { engine: 'GOWS', addressing: 'lid' },
]

test.each(engines)(
  '$engine: numbers, groups, members and the address book are looked up',
  async (behaviour) => {
    const world = await buildWahaWorld(behaviour)
    const { session } = await listenOnline(world)
    const { directory } = session
    const knows = acquaintancesOf(session.senderId)
    expect(await directory?.exists([reader, absentee])).toEqual([
      { phone: reader, exists: true, aliases: [hiddenIdOf(reader)] },
      { phone: absentee, exists: false, aliases: [] },
    ])
    const groups = await directory?.groups()
    expect(groups).toEqual(
      knows.groups.map(({ id, name, members }) => ({ id, name, memberCount: members.length + 1 })),
    )
    const members = await directory?.groupMembers(groups?.[0]?.id ?? '')
    expect(members?.map(({ phone }) => phone)).toEqual(knows.groups[0]?.members.map(({ phone }) => phone))
    expect(members?.find(({ phone }) => phone === null)?.aliases).toHaveLength(1)
    const book = await directory?.addressBook()
    expect(book?.map(({ phone, name }) => ({ phone, name }))).toEqual(
      knows.addressBook.map(({ phone, name }) => ({ phone, name })),
    )
    await world.close()
  },
)

test('more people than one page holds come whole', async () => {
  const world = await buildWahaWorld()
  const { session } = await listenOnline(world)
  const addressBook = Array.from({ length: 1_203 }, (_, index) => ({
    phone: `+62811${String(index).padStart(8, '0')}`,
    aliases: [],
    name: `Orang ${index}`,
  }))
  await world.network.control.setAcquaintances(session.senderId, { addressBook })
  expect(await session.directory?.addressBook()).toHaveLength(1_203)
  await world.close()
})

test('while the server is away, look-ups may be asked again', async () => {
  const world = await buildWahaWorld()
  const { session } = await listenOnline(world)
  await world.gateOf(session.senderId).shut()
  await expect(session.directory?.groups()).rejects.toBeInstanceOf(ChannelUnavailable)
  await expect(session.download('/api/files/a/b.bin', 10)).rejects.toBeInstanceOf(ChannelUnavailable)
  await expect(session.logOut()).rejects.toBeInstanceOf(ChannelUnavailable)
  await session.close()
  await world.close()
})

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect } from '@siar/channel/testing'
import { acquaintancesOf } from '@siar/simulator'
import { connectOnline, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

const patience = { timeout: 20_000, interval: 100 }
let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig.close())

test('a phone that has just linked Siar shares its address book, with names and hidden ids', async () => {
  const request = rig.fresh()
  const connection = await connect(rig, request, 20_000)
  const { data } = await connection.hear('pairing')
  expect(await rig.server.control.scan(data, rig.phoneOf(request.senderId), request.senderId)).toBe('paired')
  await connection.hear('state', ({ state }) => state === 'online')
  const { addressBook } = acquaintancesOf(request.senderId)
  await vi.waitFor(
    async () => expect(await connection.session.directory?.addressBook()).toEqual(addressBook),
    patience,
  )
  expect(rig.server.control.oddities()).toEqual([])
})

test('the address book is read anew each time, and is whole after a new log-in too', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  const saved = { phone: '+6281277778888', aliases: [], name: 'Pelanggan baru' }
  const { addressBook } = acquaintancesOf(request.senderId)
  expect(await first.session.directory?.addressBook()).toEqual(addressBook)
  await rig.network.control.setAcquaintances(request.senderId, { addressBook: [...addressBook, saved] })
  expect(await first.session.directory?.addressBook()).toHaveLength(addressBook.length + 1)
  await first.session.close()
  const second = await connectOnline(rig, request)
  expect(await second.session.directory?.addressBook()).toHaveLength(addressBook.length + 1)
})

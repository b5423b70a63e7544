import { expect, test } from 'vitest'
import { findPublicAddress, isInternalAddress } from './outgoing-address.ts'

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
])('%s is of this machine or an internal network', (address) => {
  expect(isInternalAddress(address)).toBe(true)
})

test.each(['1.1.1.1', '172.32.0.1', '8.8.8.8', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(isInternalAddress(address)).toBe(false)
  },
)

test('a name is judged by every address it has', async () => {
  expect(await findPublicAddress('localhost')).toBeNull()
  expect(await findPublicAddress('1.1.1.1')).toBe('1.1.1.1')
  expect(await findPublicAddress('::1')).toBeNull()
  await expect(findPublicAddress('no-such-name.invalid')).rejects.toThrow()
})

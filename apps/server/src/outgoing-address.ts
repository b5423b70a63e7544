import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Addresses that are not of the public internet. Source: IANA special-purpose registries, RFC 6890. */
const special: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const internal = new BlockList()
for (const [net, prefix, family] of special) internal.addSubnet(net, prefix, family)

/** Whether an address lies outside of the public internet; an IPv4 address inside IPv6 counts as itself. */
export function isInternalAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) throw new TypeError('Not an address')
  return internal.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Looks a host up that somebody entered, for connecting to it.
 *
 * @param host A name, or an address without brackets.
 * @returns its address; null when it, or any address of its name, is of this machine or an internal network.
 * @throws what the look-up throws when the name is not known.
 */
export async function findPublicAddress(host: string): Promise<string | null> {
  if (isIP(host) !== 0) return isInternalAddress(host) ? null : host
  const found = await lookup(host, { all: true })
  const [first] = found
  if (!first) throw Object.assign(new Error('The name has no address'), { code: 'ENOTFOUND' })
  return found.some(({ address }) => isInternalAddress(address)) ? null : first.address
}

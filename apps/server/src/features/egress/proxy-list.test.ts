import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readProxyList } from './proxy-list.ts'
import type { ListedProxy } from './proxy-list.ts'

const read = (text: string, options = {}) =>
  readProxyList(text, { scheme: 'http', allowInternal: false, ...options })
const one = (text: string, options = {}) => read(text, options)[0]
const proxy = (more: Partial<ListedProxy> = {}): ListedProxy => ({
  scheme: 'http',
  host: '31.6.33.97',
  port: 8080,
  username: 'toko',
  password: 'rahasia',
  country: null,
  ...more,
})

describe('a line of a list', () => {
  test.each([
    ['31.6.33.97:8080:toko:rahasia', {}],
    ['toko:rahasia@31.6.33.97:8080', {}],
    ['toko:rahasia:31.6.33.97:8080', {}],
    ['31.6.33.97:8080@toko:rahasia', {}],
    ['31.6.33.97:8080', { username: '', password: null }],
    ['31.6.33.97,8080,toko,rahasia', {}],
    ['31.6.33.97;8080;toko;"ra;hasia"', { password: 'ra;hasia' }],
    ['31.6.33.97\t8080\ttoko\trahasia', {}],
    ['socks5://toko:rahasia@31.6.33.97:8080', { scheme: 'socks5' }],
    ['socks5h://toko:rahasia@31.6.33.97:8080/', { scheme: 'socks5' }],
    [
      'https://toko:rah%3Aasia%40@Proxy.Example.com:443',
      { scheme: 'https', host: 'proxy.example.com', port: 443, password: 'rah:asia@' },
    ],
    ['toko:r@h:asia@31.6.33.97:8080', { password: 'r@h:asia' }],
    ['31.6.33.97:8080:toko:rah:asia', { password: 'rah:asia' }],
    ['toko:rahasia@[2606:4700::1111]:8080', { host: '2606:4700::1111' }],
    ['[2606:4700::1111]:8080:toko:rahasia', { host: '2606:4700::1111' }],
    [
      'brd.superproxy.io:33335:brd-customer-hl_1-zone-isp-ip-31.6.33.97:rahasia',
      { host: 'brd.superproxy.io', port: 33335, username: 'brd-customer-hl_1-zone-isp-ip-31.6.33.97' },
    ],
    [
      'http://brd-customer-hl_1-zone-isp:rahasia@brd.superproxy.io:33335',
      { host: 'brd.superproxy.io', port: 33335, username: 'brd-customer-hl_1-zone-isp' },
    ],
  ] as const)('%s', (line, expected) => {
    expect(one(line)).toEqual({ line: 1, problem: null, proxy: proxy(expected) })
  })

  test.each([
    ['hello', 'unreadable'],
    ['31.6.33.97', 'unreadable'],
    ['31.6.33.97:0:a:b', 'port_malformed'],
    ['31.6.33.97:70000', 'port_malformed'],
    ['ftp://31.6.33.97:21', 'scheme_unknown'],
    ['31.6.33:8080', 'host_malformed'],
    ['to_ko!:8080', 'host_malformed'],
    ['127.0.0.1:8080', 'address_not_allowed'],
    ['http://localhost:8080', 'address_not_allowed'],
    ['http://[::1]:8080', 'address_not_allowed'],
    ['http://169.254.169.254:80', 'address_not_allowed'],
    [`31.6.33.97:8080:${'x'.repeat(301)}:y`, 'unreadable'],
  ] as const)('%s is told to be wrong: %s', (line, problem) => {
    expect(one(line)).toEqual({ line: 1, problem, proxy: null })
  })

  test('may lie in the own network only where the installation allows it', () => {
    expect(one('127.0.0.1:8080', { allowInternal: true })?.problem).toBeNull()
  })
})

describe('a table', () => {
  test('of Proxy-Seller is read by its heading, with the port of the wanted kind', () => {
    const text =
      'ip,protocol,port_http,port_socks,login,password,country\n31.6.33.97,HTTP,8080,1080,toko,"ra,hasia",id\n'
    expect(read(text)).toEqual([
      { line: 2, problem: null, proxy: proxy({ password: 'ra,hasia', country: 'ID' }) },
    ])
    expect(read(text, { scheme: 'socks5' })[0]?.proxy).toMatchObject({ scheme: 'socks5', port: 1080 })
  })

  test('tells its own kind of proxy, and may have only ports of SOCKS', () => {
    expect(read('Host;Port;Type\n31.6.33.97;8080;socks5')[0]?.proxy).toMatchObject({ scheme: 'socks5' })
    expect(read('IP Address,SOCKS5 port\n31.6.33.97,1080')[0]?.proxy).toMatchObject({
      scheme: 'socks5',
      port: 1080,
    })
  })

  test('loses no row: a broken one is told with its line', () => {
    const text = 'host,port,user,pass\n31.6.33.97,8080,toko,rahasia\n,,,\n31.6.33.97,abc,toko,rahasia'
    expect(read(text).map(({ line, problem }) => [line, problem])).toEqual([
      [2, null],
      [3, 'unreadable'],
      [4, 'port_malformed'],
    ])
  })
})

test('blank lines and notes are passed over, repetitions told, and more than a thousand refused', () => {
  expect(
    read('\n# mine\r\n31.6.33.97:8080\r\n\r\n31.6.33.97:8080\r\n').map(({ line, problem }) => [
      line,
      problem,
    ]),
  ).toEqual([
    [3, null],
    [5, 'repeated'],
  ])
  const many = Array.from({ length: 1_001 }, (_, index) => `p${index}.example.com:80`).join('\n')
  expect(read(many).filter(({ problem }) => problem !== null)).toEqual([
    { line: 1_001, proxy: null, problem: 'beyond_limit' },
  ])
})

test('whatever is pasted, every line is told once and nothing throws', () => {
  const piece = fc.constantFrom(
    ':',
    '@',
    ',',
    ';',
    '\t',
    '"',
    '//',
    'http',
    '1.2.3.4',
    '80',
    '[',
    ']',
    '%',
    'é',
    ' ',
    'a.b',
  )
  const line = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const told = read(lines.join('\n'))
      for (const { proxy: found, problem } of told) {
        expect(found === null || problem === null || problem === 'repeated').toBe(true)
        if (found) expect(found.port).toBeGreaterThan(0)
      }
      expect(new Set(told.map((entry) => entry.line)).size).toBe(told.length)
    }),
    { numRuns: 500 },
  )
})

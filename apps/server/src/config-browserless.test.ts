import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'siar-config-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const load = (servers: string) => loadConfig({ SIAR_DATA_DIR: dataDir, BROWSERLESS_SERVERS: servers })

test('several Browserless servers are read with their names and tokens, and no token stays in an address', () => {
  const { browserless } = load('near=http://rahasia%2F1@10.0.0.5:3000, far=https://kunci@browsers.example')
  expect(browserless.servers).toEqual([
    { name: 'near', url: 'http://10.0.0.5:3000', token: 'rahasia/1' },
    { name: 'far', url: 'https://browsers.example', token: 'kunci' },
  ])
  expect(load('').browserless.servers).toEqual([])
})

test.each([
  ['no name', 'http://rahasia@10.0.0.5:3000'],
  ['no token', 'near=http://10.0.0.5:3000'],
  ['a name twice', 'near=http://rahasia@10.0.0.5 near=http://rahasia@10.0.0.6'],
  ['another protocol', 'near=ftp://rahasia@10.0.0.5'],
])('%s is a problem of the configuration that does not repeat the token', (_what, servers) => {
  const refused = (() => {
    try {
      load(servers)
      return null
    } catch (error) {
      return error
    }
  })()
  expect(refused).toBeInstanceOf(ConfigError)
  expect((refused as Error).message).toContain('BROWSERLESS_SERVERS')
  expect((refused as Error).message).not.toContain('rahasia')
})

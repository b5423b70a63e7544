import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import type { ConfiguredBrowserless } from './config-browserless.ts'
import { settings } from './config-settings.ts'

/** Everything that is configured from outside, parsed. The only reader of the environment is `loadConfig`. */
export interface Config {
  readonly production: boolean
  readonly port: number
  readonly host: string
  /** Where people reach Siar, without a slash at the end; used in links, cookies and CORS. */
  readonly publicUrl: string
  readonly corsOrigins: readonly string[]
  readonly trustProxy: boolean
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly databasePoolMax: number
  readonly redisUrl: string | null
  readonly simulatorUrl: string | null
  /** Tells the address it is called from; proxies are tested with it. */
  readonly proxyCheckUrl: string
  /** Whether proxies may lie in the own network of this machine. */
  readonly proxyPrivateHosts: boolean
  /** A simulator whose servers stand in for WhatsApp's; null: channels reach WhatsApp itself. */
  readonly standInsUrl: string | null
  readonly secrets: {
    readonly auth: string
    readonly encryption: string
    /** Earlier encryption keys: what lies under them still opens. */
    readonly encryptionOld: readonly string[]
  }
  /** The browser for WhatsApp Web; null: the one found on this machine. */
  readonly chromiumPath: string | null
  /** Browsers of this process at once. */
  readonly browsersMax: number
  /** Servers that run the browsers; none: this machine does. */
  readonly browserless: {
    readonly servers: readonly ConfiguredBrowserless[]
    readonly profilesFolder: string
    readonly sharedProfiles: boolean
  }
  readonly smtpUrl: string | null
  readonly mailFrom: string
  readonly demo: boolean
  readonly logLevel: string
  readonly importSizeBytesMax: number
  readonly mediaSizeBytesMax: number
  readonly rateLimits: {
    readonly perMinute: number
    readonly signInPerMinute: number
    readonly webhooksPerMinute: number
    readonly linksPerMinute: number
  }
  readonly metricsToken: string | null
}

/** All that is wrong with the configuration at once, each with name, rule and example. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>
type Parsed = { [K in keyof typeof settings]: z.output<(typeof settings)[K]['schema']> }

/**
 * Reads the configuration from the environment, makes the data folder and, unless given, the secrets in it (mode 0600).
 *
 * @throws ConfigError with every problem found. With an external database in production the secrets must be given:
 *         made ones would be lost with the machine.
 */
export function loadConfig(environment: Environment = process.env, overrides: Partial<Config> = {}): Config {
  const { parsed, problems } = parseSettings(environment)
  const production = parsed.NODE_ENV === 'production'
  if (production && parsed.DATABASE_URL && !(parsed.SIAR_AUTH_SECRET && parsed.SIAR_ENCRYPTION_KEY)) {
    problems.push(
      'SIAR_AUTH_SECRET and SIAR_ENCRYPTION_KEY: must be given in production with an external database',
    )
  }
  if (problems.length > 0) throw new ConfigError(problems)
  const dataDir = resolve(overrides.dataDir ?? parsed.SIAR_DATA_DIR)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = overrides.port ?? parsed.PORT
  return {
    production,
    port,
    host: parsed.HOST,
    publicUrl: parsed.PUBLIC_URL ?? `http://localhost:${port}`,
    corsOrigins: parsed.CORS_ORIGINS,
    trustProxy: parsed.TRUST_PROXY,
    dataDir,
    databaseUrl: parsed.DATABASE_URL,
    databasePoolMax: parsed.DATABASE_POOL_MAX,
    redisUrl: parsed.REDIS_URL,
    simulatorUrl: parsed.SIMULATOR_URL,
    proxyCheckUrl: parsed.PROXY_CHECK_URL,
    proxyPrivateHosts: parsed.PROXY_PRIVATE_HOSTS,
    standInsUrl: parsed.STAND_INS_URL,
    secrets: readSecrets(dataDir, parsed),
    chromiumPath: parsed.CHROMIUM_PATH,
    browsersMax: parsed.BROWSERS_MAX,
    browserless: {
      servers: parsed.BROWSERLESS_SERVERS,
      profilesFolder: parsed.BROWSERLESS_PROFILES,
      sharedProfiles: parsed.BROWSERLESS_SHARED_PROFILES,
    },
    smtpUrl: parsed.SMTP_URL,
    mailFrom: parsed.MAIL_FROM,
    demo: parsed.SIAR_DEMO,
    logLevel: parsed.LOG_LEVEL,
    importSizeBytesMax: parsed.IMPORT_SIZE_MB_MAX * 1024 * 1024,
    mediaSizeBytesMax: parsed.MEDIA_SIZE_MB_MAX * 1024 * 1024,
    rateLimits: {
      perMinute: parsed.RATE_LIMIT_PER_MINUTE,
      signInPerMinute: parsed.RATE_LIMIT_SIGN_IN_PER_MINUTE,
      webhooksPerMinute: parsed.RATE_LIMIT_WEBHOOKS_PER_MINUTE,
      linksPerMinute: parsed.RATE_LIMIT_LINKS_PER_MINUTE,
    },
    metricsToken: parsed.METRICS_TOKEN,
    ...overrides,
  }
}

const browserVariables = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TZ',
  'DISPLAY',
  'FONTCONFIG_PATH',
] as const

/** The variables a browser may inherit: none that could hold a secret of the installation. */
export function browserEnvironment(environment: Environment = process.env): Environment {
  return Object.fromEntries(browserVariables.map((name) => [name, environment[name]]))
}

function parseSettings(environment: Environment): { parsed: Parsed; problems: string[] } {
  const problems: string[] = []
  const parsed: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) {
    const raw = environment[name]?.trim()
    const result = setting.schema.safeParse(raw === '' ? undefined : raw)
    if (result.success) parsed[name] = result.data
    else problems.push(`${name}: ${setting.rule}, for example ${setting.example}`)
  }
  return { parsed: parsed as Parsed, problems }
}

function readSecrets(dataDir: string, parsed: Parsed): Config['secrets'] {
  return {
    auth: parsed.SIAR_AUTH_SECRET ?? keptSecret(join(dataDir, 'auth.secret')),
    encryptionOld: parsed.SIAR_ENCRYPTION_KEYS_OLD,
    encryption: parsed.SIAR_ENCRYPTION_KEY ?? keptSecret(join(dataDir, 'encryption.key')),
  }
}

/** 32 random bytes in hex, made once. `wx` lets two starts at once agree on the first one's secret. */
function keptSecret(path: string): string {
  try {
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8').trim()
}

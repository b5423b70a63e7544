import { z } from 'zod'
import { browserlessServers } from './config-browserless.ts'

interface Setting {
  readonly schema: z.ZodType
  /** What it does, for `.env.example` and the manual. */
  readonly about: string
  readonly rule: string
  readonly example: string
}

const text = z.string().min(1)
const optional = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.undefined()])
    .transform((value): z.output<T> | null => (value === undefined ? null : (value as z.output<T>)))
const whole = (min: number, max: number, fallback: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback)
const onOff = (fallback: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(fallback)
    .transform((value) => value === 'on')
const url = (pattern: RegExp) => z.string().regex(pattern)
const origins = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((origin) => origin.trim().replace(/\/$/, ''))
      .filter(Boolean),
  )

/** Every environment variable of Siar: `.env.example` is made from this table. */
export const settings = {
  NODE_ENV: {
    schema: z.enum(['production', 'development', 'test']).default('development'),
    about: 'production switches on checks that a public installation needs.',
    rule: 'one of production, development, test',
    example: 'production',
  },
  PORT: {
    schema: whole(0, 65_535, 3000),
    about: 'Port of the web server.',
    rule: 'a number from 0 to 65535',
    example: '3000',
  },
  HOST: {
    schema: text.default('0.0.0.0'),
    about: 'Address the web server listens on.',
    rule: 'an address of this machine',
    example: '127.0.0.1',
  },
  PUBLIC_URL: {
    schema: optional(url(/^https?:\/\/[^\s/]+$/)),
    about: 'Where people reach Siar; used in mails, links and cookies. Default: http://localhost:PORT.',
    rule: 'an http(s) address without a slash at the end',
    example: 'https://siar.example.com',
  },
  CORS_ORIGINS: {
    schema: origins,
    about: 'Other origins whose pages may call the API with the browser, separated by commas.',
    rule: 'origins separated by commas',
    example: 'https://app.example.com',
  },
  TRUST_PROXY: {
    schema: onOff('off'),
    about: 'on when a reverse proxy in front sets X-Forwarded-For.',
    rule: 'on or off',
    example: 'on',
  },
  SIAR_DATA_DIR: {
    schema: text.default('./data'),
    about: 'Folder for the embedded database, files and secrets.',
    rule: 'a folder',
    example: './data',
  },
  DATABASE_URL: {
    schema: optional(url(/^postgres(ql)?:\/\/\S+$/)),
    about:
      'An external PostgreSQL 15 or newer (a direct address, no transaction pooler). Default: the embedded server.',
    rule: 'a postgres:// address',
    example: 'postgres://siar:password@db.example.com:5432/siar',
  },
  DATABASE_POOL_MAX: {
    schema: whole(4, 500, 20),
    about: 'Connections of one process to the database.',
    rule: 'a number from 4 to 500',
    example: '20',
  },
  REDIS_URL: {
    schema: optional(url(/^rediss?:\/\/\S+$/)),
    about: 'Background jobs go through this Redis. Default: through PostgreSQL.',
    rule: 'a redis:// address',
    example: 'redis://127.0.0.1:6379',
  },
  SIMULATOR_URL: {
    schema: optional(url(/^https?:\/\/\S+$/)),
    about: 'A simulator that runs as a process of its own. Default: inside this process.',
    rule: 'an http address',
    example: 'http://127.0.0.1:4010',
  },
  CHROMIUM_PATH: {
    schema: optional(text),
    about: 'Chromium or Chrome for senders on WhatsApp Web. Default: the one found on this machine.',
    rule: 'the path of a program',
    example: '/usr/bin/chromium',
  },
  BROWSERS_MAX: {
    schema: whole(0, 100, 4),
    about:
      'Browsers that one process keeps open at once, one for each sender on WhatsApp Web; about 400 MB of memory each.',
    rule: 'a number from 0 to 100',
    example: '4',
  },
  BROWSERLESS_SERVERS: {
    schema: browserlessServers,
    about:
      'Browserless servers (version 2) that run the browsers for WhatsApp Web instead of this machine, several with commas between. The name stays with the profiles kept there.',
    rule: 'name=http(s)://TOKEN@host:port, each name once',
    example: 'near=http://token@10.0.0.5:3000,far=https://token@browsers.example.com',
  },
  BROWSERLESS_PROFILES: {
    schema: z
      .string()
      .regex(/^\/[\w./-]+$/)
      .default('/profiles'),
    about: 'Folder of the Browserless servers, on a volume that outlives them, where profiles are kept.',
    rule: 'a path that begins with /',
    example: '/profiles',
  },
  BROWSERLESS_SHARED_PROFILES: {
    schema: onOff('off'),
    about:
      'on: all Browserless servers see the same volume, so that a sender may move to another one. off: it stays with the server that has its profile.',
    rule: 'on or off',
    example: 'on',
  },
  PROXY_CHECK_URL: {
    schema: url(/^https?:\/\/\S+$/).default('https://www.cloudflare.com/cdn-cgi/trace'),
    about:
      'What proxies are tested with: it tells the address it is called from, as plain text, as lines ip=… and loc=…, or as JSON with ip.',
    rule: 'an http(s) address',
    example: 'https://api.ipify.org',
  },
  PROXY_PRIVATE_HOSTS: {
    schema: onOff('off'),
    about:
      'on when proxies may lie on this machine or in its own network. Leave it off when strangers have workspaces here.',
    rule: 'on or off',
    example: 'on',
  },
  STAND_INS_URL: {
    schema: optional(url(/^https?:\/\/[^\s/]+$/)),
    about:
      'A simulator (npm run simulator) whose servers stand in for WhatsApp on every channel, for rehearsals. No message then reaches a phone.',
    rule: 'an http(s) address without a slash at the end',
    example: 'http://127.0.0.1:4010',
  },
  SIAR_AUTH_SECRET: {
    schema: optional(z.string().min(32)),
    about: 'Signs log-ins. Default: made once and kept in the data folder.',
    rule: 'at least 32 characters',
    example: '(the output of: openssl rand -hex 32)',
  },
  SIAR_ENCRYPTION_KEY: {
    schema: optional(z.string().regex(/^[0-9a-fA-F]{64}$/)),
    about: 'Encrypts credentials at rest. Default: made once and kept in the data folder.',
    rule: '64 hexadecimal digits',
    example: '(the output of: openssl rand -hex 32)',
  },
  SIAR_ENCRYPTION_KEYS_OLD: {
    schema: z
      .string()
      .default('')
      .transform((value) =>
        value
          .split(',')
          .map((key) => key.trim())
          .filter(Boolean),
      )
      .refine((keys) => keys.every((key) => /^[0-9a-fA-F]{64}$/.test(key))),
    about:
      'Earlier values of SIAR_ENCRYPTION_KEY, after it was changed; siar reseal then puts everything under the new one.',
    rule: '64 hexadecimal digits each, separated by commas',
    example: '(the key that was used before)',
  },
  SMTP_URL: {
    schema: optional(url(/^smtps?:\/\/\S+$/)),
    about: 'Server that sends mail. Default: mails are kept in the outbox page of the platform admin.',
    rule: 'an smtp:// address',
    example: 'smtp://user:password@mail.example.com:587',
  },
  MAIL_FROM: {
    schema: text.default('Siar <siar@localhost>'),
    about: 'Sender of mails.',
    rule: 'a name and an address',
    example: 'Siar <no-reply@example.com>',
  },
  SIAR_DEMO: {
    schema: onOff('on'),
    about: 'Make the demo workspace at the first start on the embedded database.',
    rule: 'on or off',
    example: 'off',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    about: 'How much is written to the program log.',
    rule: 'one of fatal, error, warn, info, debug, trace, silent',
    example: 'info',
  },
  IMPORT_SIZE_MB_MAX: {
    schema: whole(1, 4096, 200),
    about: 'Largest file of contacts, in megabytes.',
    rule: 'a number from 1 to 4096',
    example: '200',
  },
  MEDIA_SIZE_MB_MAX: {
    schema: whole(1, 100, 32),
    about: 'Largest media upload, in megabytes.',
    rule: 'a number from 1 to 100',
    example: '32',
  },
  RATE_LIMIT_PER_MINUTE: {
    schema: whole(1, 1_000_000, 100),
    about:
      'Requests a minute from one address without a log-in; signed-in people and keys get ten times as many.',
    rule: 'a number from 1',
    example: '100',
  },
  RATE_LIMIT_SIGN_IN_PER_MINUTE: {
    schema: whole(1, 100_000, 5),
    about: 'Tries to sign in a minute from one address.',
    rule: 'a number from 1',
    example: '5',
  },
  RATE_LIMIT_WEBHOOKS_PER_MINUTE: {
    schema: whole(1, 10_000_000, 600_000),
    about:
      'Incoming webhook calls a minute from one address; a number at 1,000 messages a second gets up to 180,000.',
    rule: 'a number from 1',
    example: '600000',
  },
  RATE_LIMIT_LINKS_PER_MINUTE: {
    schema: whole(1, 10_000_000, 6_000),
    about: 'Visits to short links a minute from one address; many phones of one network share an address.',
    rule: 'a number from 1',
    example: '6000',
  },
  METRICS_TOKEN: {
    schema: optional(z.string().min(16)),
    about: 'Bearer token for /metrics. Default: /metrics answers this machine only.',
    rule: 'at least 16 characters',
    example: '(the output of: openssl rand -hex 16)',
  },
} as const satisfies Record<string, Setting>

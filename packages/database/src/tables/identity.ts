import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, instant, updatedAt } from './columns.ts'

/** Log-ins and workspaces. Names of columns follow better-auth; see docs/decisions for the mapping of its words. */
export const user = pgTable('users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  /** Role on the platform: `admin` or `user`. Roles in a workspace live in `members`. */
  role: text('role'),
  banned: boolean('banned').default(false),
  banReason: text('ban_reason'),
  banExpires: instant('ban_expires_at'),
  twoFactorEnabled: boolean('two_factor_enabled').default(false),
  language: text('language').notNull().default('id'),
  timeZone: text('time_zone').notNull().default('Asia/Jakarta'),
  currency: text('currency').notNull().default('IDR'),
})

export const session = pgTable(
  'login_sessions',
  {
    id: text('id').primaryKey(),
    expiresAt: instant('expires_at').notNull(),
    token: text('token').notNull().unique(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    activeWorkspaceId: text('active_workspace_id'),
    impersonatedBy: text('impersonated_by'),
  },
  (table) => [index('login_sessions_user_idx').on(table.userId)],
)

export const account = pgTable(
  'login_accounts',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('login_accounts_user_idx').on(table.userId)],
)

export const verification = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index('verifications_identifier_idx').on(table.identifier)],
)

export const workspace = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  logo: text('logo'),
  metadata: text('metadata'),
  createdAt: createdAt(),
  /** `removed`: nobody belongs to it any more, and a job is erasing what is left of it. */
  status: text('status').$type<'active' | 'suspended' | 'removed'>().notNull().default('active'),
  country: text('country').notNull().default('ID'),
  language: text('language').notNull().default('id'),
  timeZone: text('time_zone').notNull().default('Asia/Jakarta'),
  currency: text('currency').notNull().default('IDR'),
  isDemo: boolean('is_demo').notNull().default(false),
  /** Campaign messages a calendar month; null for no limit. Set by the platform. */
  messageQuota: integer('message_quota'),
  /** Quiet hours, frequency caps and the like; shape: `WorkspaceSettings` of the contract. */
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
})

export const member = pgTable(
  'members',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    role: text('role').notNull().default('viewer'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('members_workspace_user_uq').on(table.workspaceId, table.userId),
    index('members_user_idx').on(table.userId),
  ],
)

export const invitation = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    role: text('role'),
    status: text('status').notNull().default('pending'),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    inviterId: text('inviter_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
  },
  (table) => [
    index('invitations_workspace_idx').on(table.workspaceId),
    index('invitations_email_idx').on(table.email),
  ],
)

export const twoFactor = pgTable(
  'two_factors',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    verified: boolean('verified').default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: instant('locked_until_at'),
  },
  (table) => [index('two_factors_user_idx').on(table.userId)],
)

/** API keys; the key itself is stored as a hash and shown once. */
export const apikey = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    configId: text('config_id').notNull().default('default'),
    name: text('name'),
    start: text('start'),
    workspaceId: text('workspace_id').notNull(),
    prefix: text('prefix'),
    key: text('key').notNull(),
    refillInterval: integer('refill_interval_ms'),
    refillAmount: integer('refill_amount'),
    lastRefillAt: instant('last_refill_at'),
    enabled: boolean('enabled').default(true),
    rateLimitEnabled: boolean('rate_limit_enabled').default(true),
    rateLimitTimeWindow: integer('rate_limit_time_window_ms').default(86_400_000),
    rateLimitMax: integer('rate_limit_max').default(10),
    requestCount: integer('request_count').default(0),
    remaining: integer('remaining'),
    lastRequest: instant('last_request_at'),
    expiresAt: instant('expires_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    permissions: text('permissions'),
    metadata: text('metadata'),
  },
  (table) => [index('api_keys_workspace_idx').on(table.workspaceId), index('api_keys_key_idx').on(table.key)],
)

export const rateLimit = pgTable('rate_limits', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request_ms', { mode: 'number' }).notNull(),
})

import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { API_KEY_SCOPES, ROLES } from './permission.ts'
import {
  currency,
  idOf,
  instant,
  language,
  listOf,
  noContent,
  pageOf,
  pageQuery,
  timeZone,
} from './shapes.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time such as 21:00' })

/** Days; 0 keeps without end. */
const daysKept = (daysMin: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(3650)
    .refine((days) => days === 0 || days >= daysMin, { message: `must be 0, or at least ${daysMin}` })

/** Fewest days after which something may be removed: what still settles or may be asked for stays. */
export const RETENTION_DAYS_MIN = { messages: 30, imports: 7, records: 7 } as const

const keywords = z.array(z.string().trim().min(2).max(40)).max(30)
const answerTexts = z.object({ id: z.string().trim().max(500), en: z.string().trim().max(500) })

const settingFields = {
  quietHours: z.object({ enabled: z.boolean(), from: clockTime, to: clockTime }),
  /** Marketing messages to one person over all campaigns; 0 switches a cap off. */
  frequencyCap: z.object({
    perDay: z.number().int().min(0).max(100),
    perWeek: z.number().int().min(0).max(500),
    afterUnanswered: z.number().int().min(0).max(100),
  }),
  /** Countries numbers may belong to; empty allows all. */
  countries: z.array(z.string().length(2)).max(250),
  /**
   * Which road a message takes where a campaign has senders of several kinds. `official_first`: an open window on Cloud API,
   * a paid template while below the limits, the shop's own linked sender, a gateway node. `cheapest_first`: the paid
   * template last.
   */
  routing: z.object({
    preset: z.enum(['official_first', 'cheapest_first']),
    /** Paid templates of one run; null for no limit. */
    paidMessagesMax: z.number().int().min(0).nullable(),
    /** US cents of one run; null for no limit. */
    paidUsdMinorMax: z.number().int().min(0).nullable(),
  }),
  /** Words that stop and start marketing beside those Siar knows, and what people who use one get as an answer, once a day. */
  keywords: z.object({
    optOut: keywords,
    optIn: keywords,
    answers: z.boolean(),
    /** By language; empty for Siar's own words. `{shop}` becomes the name of the workspace. */
    optOutAnswer: answerTexts,
    optInAnswer: answerTexts,
  }),
  /**
   * After how many days is removed: `messages`, the texts and files of messages (that they were sent, and when, stays); `imports`,
   * uploaded files and their unused rows; `records`, what a sender noted of its connection and put aside of what its channel told.
   */
  retention: z.object({
    messages: daysKept(RETENTION_DAYS_MIN.messages),
    imports: daysKept(RETENTION_DAYS_MIN.imports),
    records: daysKept(RETENTION_DAYS_MIN.records),
  }),
}

/** Rules of a workspace that bind every campaign. */
export const WorkspaceSettings = z
  .object({
    quietHours: settingFields.quietHours.default({ enabled: true, from: '21:00', to: '07:00' }),
    frequencyCap: settingFields.frequencyCap.default({ perDay: 2, perWeek: 5, afterUnanswered: 3 }),
    countries: settingFields.countries.default([]),
    routing: settingFields.routing.default({
      preset: 'official_first',
      paidMessagesMax: null,
      paidUsdMinorMax: null,
    }),
    keywords: settingFields.keywords.default({
      optOut: [],
      optIn: [],
      answers: false,
      optOutAnswer: { id: '', en: '' },
      optInAnswer: { id: '', en: '' },
    }),
    retention: settingFields.retention.default({ messages: 0, imports: 0, records: 0 }),
  })
  .meta({ id: 'WorkspaceSettings' })
export type WorkspaceSettings = z.output<typeof WorkspaceSettings>

export const Workspace = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    country: z.string(),
    language,
    timeZone: z.string(),
    currency,
    isDemo: z.boolean(),
    settings: WorkspaceSettings,
    role: z.enum(ROLES).nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Workspace' })
export type Workspace = z.output<typeof Workspace>

export const Member = z
  .object({
    id: z.string(),
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    createdAt: instant,
  })
  .meta({ id: 'Member' })

export const Invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    status: z.enum(['pending', 'accepted', 'rejected', 'canceled', 'expired']),
    /** The link to hand over when no mail can be sent. */
    link: z.string(),
    expiresAt: instant,
    createdAt: instant,
  })
  .meta({ id: 'Invitation' })

export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The first characters, to recognise it. */
    start: z.string(),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'ApiKey' })

export const AuditEntry = z
  .object({
    id: z.string(),
    actorKind: z.enum(['user', 'api_key', 'system']),
    actorName: z.string(),
    action: z.string(),
    subjectId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    at: instant,
  })
  .meta({ id: 'AuditEntry' })

const auditQuery = pageQuery.extend({
  action: z.string().max(100).optional(),
  actor: z.string().max(120).optional(),
  from: instant.optional(),
  to: instant.optional(),
})

export const workspaceOperations = {
  create: defineOperation({
    id: 'workspaces.create',
    method: 'POST',
    path: '/api/v1/workspaces',
    summary: 'Make a workspace and become its owner',
    access: 'signed_in',
    body: z.object({
      name: z.string().trim().min(1).max(120),
      timeZone: timeZone.default('Asia/Jakarta'),
      country: z.string().length(2).default('ID'),
    }),
    status: 201,
    response: Workspace,
  }),
  getCurrent: defineOperation({
    id: 'workspaces.getCurrent',
    method: 'GET',
    path: '/api/v1/workspace',
    summary: 'The current workspace',
    access: 'inbox.read',
    response: Workspace,
  }),
  update: defineOperation({
    id: 'workspaces.update',
    method: 'PATCH',
    path: '/api/v1/workspace',
    summary: 'Change name, zone, country or rules of the current workspace',
    access: 'workspace.manage',
    body: z.object({
      name: z.string().trim().min(1).max(120).optional(),
      timeZone: timeZone.optional(),
      country: z.string().length(2).optional(),
      language: language.optional(),
      currency: currency.optional(),
      /** Only what is given changes. */
      settings: z.object(settingFields).partial().optional(),
    }),
    response: Workspace,
  }),
  remove: defineOperation({
    id: 'workspaces.remove',
    method: 'DELETE',
    path: '/api/v1/workspace',
    summary: 'Delete the current workspace with everything in it',
    access: 'workspace.own',
    body: z.object({ confirmName: z.string() }),
    status: 204,
    response: noContent,
  }),
  createDemo: defineOperation({
    id: 'workspaces.createDemo',
    method: 'POST',
    path: '/api/v1/workspaces/demo',
    summary: 'Make a demo workspace: a shop with 2,000 contacts on the simulator',
    access: 'signed_in',
    status: 201,
    response: Workspace,
  }),
  listMembers: defineOperation({
    id: 'members.list',
    method: 'GET',
    path: '/api/v1/members',
    summary: 'Members of the workspace',
    access: 'workspace.read',
    response: listOf(Member),
  }),
  updateMember: defineOperation({
    id: 'members.update',
    method: 'PATCH',
    path: '/api/v1/members/:memberId',
    summary: "Change a member's role",
    access: 'members.manage',
    params: z.object({ memberId: idOf('mem') }),
    body: z.object({ role: z.enum(ROLES) }),
    response: Member,
  }),
  removeMember: defineOperation({
    id: 'members.remove',
    method: 'DELETE',
    path: '/api/v1/members/:memberId',
    summary: 'Remove a member from the workspace',
    access: 'members.manage',
    params: z.object({ memberId: idOf('mem') }),
    status: 204,
    response: noContent,
  }),
  listInvitations: defineOperation({
    id: 'invitations.list',
    method: 'GET',
    path: '/api/v1/invitations',
    summary: 'Open invitations',
    access: 'members.manage',
    response: listOf(Invitation),
  }),
  invite: defineOperation({
    id: 'invitations.create',
    method: 'POST',
    path: '/api/v1/invitations',
    summary: 'Invite a person by e-mail or link',
    access: 'members.manage',
    body: z.object({ email: z.email().max(254), role: z.enum(ROLES) }),
    status: 201,
    response: Invitation,
  }),
  cancelInvitation: defineOperation({
    id: 'invitations.cancel',
    method: 'DELETE',
    path: '/api/v1/invitations/:invitationId',
    summary: 'Take an invitation back',
    access: 'members.manage',
    params: z.object({ invitationId: idOf('inv') }),
    status: 204,
    response: noContent,
  }),
  viewInvitation: defineOperation({
    id: 'invitations.view',
    method: 'GET',
    path: '/api/v1/invitations/:invitationId/view',
    summary: 'What an invited person sees before accepting',
    access: 'public',
    params: z.object({ invitationId: idOf('inv') }),
    response: z.object({
      workspaceName: z.string(),
      email: z.string(),
      role: z.enum(ROLES),
      inviterName: z.string(),
      accountExists: z.boolean(),
    }),
  }),
  acceptInvitation: defineOperation({
    id: 'invitations.accept',
    method: 'POST',
    path: '/api/v1/invitations/:invitationId/accept',
    summary: 'Join the workspace; a person without an account makes one here',
    access: 'public',
    params: z.object({ invitationId: idOf('inv') }),
    body: z.object({
      name: z.string().trim().min(1).max(120).optional(),
      password: z.string().min(10).max(200).optional(),
    }),
    response: z.object({ workspaceId: z.string() }),
  }),
  listApiKeys: defineOperation({
    id: 'apiKeys.list',
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: 'API keys without their secrets',
    access: 'api_keys.manage',
    response: listOf(ApiKey),
  }),
  createApiKey: defineOperation({
    id: 'apiKeys.create',
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Make an API key; its secret is shown once, in this answer',
    access: 'api_keys.manage',
    body: z.object({
      name: z.string().trim().min(1).max(80),
      scopes: z.array(z.enum(API_KEY_SCOPES)).min(1),
      expiresInDays: z.number().int().min(1).max(730).nullable().default(90),
    }),
    status: 201,
    response: ApiKey.extend({ secret: z.string() }),
  }),
  revokeApiKey: defineOperation({
    id: 'apiKeys.revoke',
    method: 'DELETE',
    path: '/api/v1/api-keys/:apiKeyId',
    summary: 'Revoke an API key at once',
    access: 'api_keys.manage',
    params: z.object({ apiKeyId: idOf('key') }),
    status: 204,
    response: noContent,
  }),
  listAudit: defineOperation({
    id: 'audit.list',
    method: 'GET',
    path: '/api/v1/audit-log',
    summary: 'Who did what in this workspace, newest first',
    access: 'audit.read',
    query: auditQuery,
    response: pageOf(AuditEntry),
  }),
  exportAudit: defineOperation({
    id: 'audit.export',
    method: 'GET',
    path: '/api/v1/audit-log/export',
    summary: 'The audit log as CSV',
    access: 'audit.read',
    query: auditQuery.omit({ cursor: true, limit: true }),
    produces: 'text/csv',
    response: z.string(),
  }),
} as const

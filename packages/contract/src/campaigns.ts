import { z } from 'zod'
import { campaignStatuses, recipientStatuses } from '@siar/domain'
import { defineOperation } from './operation.ts'
import { Audience, Budget, Experiment, Halt, Pacing, Schedule, Weights } from './campaign-plan.ts'
import { CampaignFigures, CampaignReport } from './campaign-report.ts'
import { Forecast } from './forecast.ts'
import { idOf, instant, noContent, pageOf, pageQuery } from './shapes.ts'

export const Campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    purpose: z.enum(['marketing', 'service']),
    status: z.enum(campaignStatuses),
    statusReason: z.string().nullable(),
    templateId: z.string().nullable(),
    templateName: z.string().nullable(),
    variables: z.record(z.string(), z.string()),
    audience: Audience,
    schedule: Schedule,
    startAt: instant.nullable(),
    pacing: Pacing.nullable(),
    rotation: z.enum(['round_robin', 'weighted', 'least_loaded']),
    senderIds: z.array(z.string()),
    weights: Weights,
    experiment: Experiment.nullable(),
    budget: Budget.nullable(),
    trackLinks: z.boolean(),
    /** Why it stands still; null while it does not. */
    halt: Halt.nullable(),
    /** The number of the newest run; 0 before the first. */
    runs: z.number().int(),
    clonedFrom: z.string().nullable(),
    figures: CampaignFigures,
    /** Messages a minute over the last minute, while running. */
    ratePerMinute: z.number().nullable(),
    /** When the last message leaves, as far as is known. */
    expectedEndAt: instant.nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.output<typeof Campaign>

/** What a draft is made of; all but the name and the purpose has a default. */
export const CampaignFields = z.object({
  name: z.string().trim().min(1).max(120),
  purpose: z.enum(['marketing', 'service']),
  templateId: idOf('tpl').nullable().default(null),
  variables: z.record(z.string().max(60), z.string().max(1000)).default({}),
  audience: Audience.default({ include: [], exclude: [] }),
  schedule: Schedule.default({ kind: 'now' }),
  pacing: Pacing.nullable().default(null),
  rotation: z.enum(['round_robin', 'weighted', 'least_loaded']).default('round_robin'),
  senderIds: z.array(idOf('snd')).max(100).default([]),
  weights: Weights.default({}),
  experiment: Experiment.nullable().default(null),
  budget: Budget.nullable().default(null),
  trackLinks: z.boolean().default(false),
})
/** The same fields without their defaults: what is absent stays as it is. */
const CampaignChanges = z.object({
  name: CampaignFields.shape.name.optional(),
  purpose: CampaignFields.shape.purpose.optional(),
  templateId: idOf('tpl').nullable().optional(),
  variables: z.record(z.string().max(60), z.string().max(1000)).optional(),
  audience: Audience.optional(),
  schedule: Schedule.optional(),
  pacing: Pacing.nullable().optional(),
  rotation: z.enum(['round_robin', 'weighted', 'least_loaded']).optional(),
  senderIds: z.array(idOf('snd')).max(100).optional(),
  weights: Weights.optional(),
  experiment: Experiment.nullable().optional(),
  budget: Budget.nullable().optional(),
  trackLinks: z.boolean().optional(),
})

export const Recipient = z
  .object({
    id: z.string(),
    sequence: z.number().int(),
    contactId: z.string(),
    contactName: z.string(),
    address: z.string(),
    status: z.enum(recipientStatuses),
    reason: z.string().nullable(),
    /** The reason in plain words, in the language of the request. */
    reasonText: z.string().nullable(),
    senderName: z.string().nullable(),
    routeReason: z.string().nullable(),
    /** The group of the experiment; null without one. */
    variant: z.string().nullable(),
    attempts: z.number().int(),
    acceptedAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    readAt: instant.nullable(),
    clickedAt: instant.nullable(),
    updatedAt: instant,
  })
  .meta({ id: 'Recipient' })

export const campaignParams = z.object({ campaignId: idOf('cmp') })
const action = {
  params: campaignParams,
  response: Campaign,
  access: 'campaigns.write',
  method: 'POST',
} as const

const ResumeBody = z.object({
  /** Go on although the halt asks to wait until `halt.until`; without it that is refused with `halt_not_over`. */
  confirmEarly: z.boolean().default(false),
})

export const campaignOperations = {
  list: defineOperation({
    id: 'campaigns.list',
    method: 'GET',
    path: '/api/v1/campaigns',
    summary: 'Campaigns, newest first',
    access: 'workspace.read',
    query: pageQuery.extend({
      status: z.enum(campaignStatuses).optional(),
      search: z.string().trim().max(100).optional(),
    }),
    response: pageOf(Campaign),
  }),
  create: defineOperation({
    id: 'campaigns.create',
    method: 'POST',
    path: '/api/v1/campaigns',
    summary: 'Make a draft campaign',
    access: 'campaigns.write',
    body: CampaignFields,
    idempotent: true,
    status: 201,
    response: Campaign,
  }),
  get: defineOperation({
    id: 'campaigns.get',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId',
    summary: 'One campaign with its figures',
    access: 'workspace.read',
    params: campaignParams,
    response: Campaign,
  }),
  update: defineOperation({
    id: 'campaigns.update',
    method: 'PATCH',
    path: '/api/v1/campaigns/:campaignId',
    summary: 'Change a campaign that has not started',
    access: 'campaigns.write',
    params: campaignParams,
    body: CampaignChanges,
    response: Campaign,
  }),
  remove: defineOperation({
    id: 'campaigns.remove',
    method: 'DELETE',
    path: '/api/v1/campaigns/:campaignId',
    summary: 'Delete a campaign that is not running',
    access: 'data.delete',
    params: campaignParams,
    status: 204,
    response: noContent,
  }),
  forecast: defineOperation({
    id: 'campaigns.forecast',
    method: 'POST',
    path: '/api/v1/campaigns/:campaignId/forecast',
    summary: 'Who would get it, who not and why, through which senders and until when',
    access: 'workspace.read',
    params: campaignParams,
    response: Forecast,
  }),
  test: defineOperation({
    id: 'campaigns.test',
    method: 'POST',
    path: '/api/v1/campaigns/:campaignId/test',
    summary: 'Send the message to one number of your own',
    access: 'campaigns.write',
    params: campaignParams,
    body: z.object({ phone: z.string().trim().min(3).max(40) }),
    idempotent: true,
    response: z.object({
      outcome: z.enum(['accepted', 'refused', 'not_sent', 'unknown']),
      reason: z.string().nullable(),
      text: z.string(),
    }),
  }),
  start: defineOperation({
    id: 'campaigns.start',
    path: '/api/v1/campaigns/:campaignId/start',
    summary: 'Start now, or put on the schedule when it has one',
    idempotent: true,
    ...action,
  }),
  unschedule: defineOperation({
    id: 'campaigns.unschedule',
    path: '/api/v1/campaigns/:campaignId/unschedule',
    summary: 'Take a scheduled campaign back to draft',
    ...action,
  }),
  pause: defineOperation({
    id: 'campaigns.pause',
    path: '/api/v1/campaigns/:campaignId/pause',
    summary: 'Pause; what is in flight is finished',
    ...action,
  }),
  resume: defineOperation({
    id: 'campaigns.resume',
    path: '/api/v1/campaigns/:campaignId/resume',
    summary: 'Go on with a paused or halted campaign',
    ...action,
    body: ResumeBody.nullish(),
  }),
  cancel: defineOperation({
    id: 'campaigns.cancel',
    path: '/api/v1/campaigns/:campaignId/cancel',
    summary: 'Stop for good; people not yet reached are cancelled',
    ...action,
  }),
  retryFailed: defineOperation({
    id: 'campaigns.retryFailed',
    path: '/api/v1/campaigns/:campaignId/retry-failed',
    summary: 'Queue the failed recipients again',
    idempotent: true,
    ...action,
  }),
  listRecipients: defineOperation({
    id: 'campaigns.listRecipients',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/recipients',
    summary: 'The log: every recipient with state and reason',
    access: 'workspace.read',
    params: campaignParams,
    query: pageQuery.extend({
      run: idOf('run').optional(),
      status: z.enum(recipientStatuses).optional(),
      search: z.string().trim().max(100).optional(),
    }),
    response: pageOf(Recipient),
  }),
  report: defineOperation({
    id: 'campaigns.report',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/report',
    summary: 'Funnel, reasons, senders, experiment, links, cost and a timeline of one run',
    access: 'workspace.read',
    params: campaignParams,
    query: z.object({ run: idOf('run').optional() }),
    response: CampaignReport,
  }),
  reportCsv: defineOperation({
    id: 'campaigns.reportCsv',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/report.csv',
    summary: 'One line for each recipient, as CSV',
    access: 'data.export',
    params: campaignParams,
    query: z.object({ run: idOf('run').optional() }),
    produces: 'text/csv',
    response: z.string(),
  }),
} as const

export const Dashboard = z
  .object({
    today: z.object({
      sent: z.number().int(),
      delivered: z.number().int(),
      read: z.number().int(),
      replied: z.number().int(),
      failed: z.number().int(),
      optOuts: z.number().int(),
    }),
    /** The last 14 days of the workspace, oldest first. */
    days: z.array(
      z.object({
        day: z.string(),
        sent: z.number().int(),
        delivered: z.number().int(),
        read: z.number().int(),
        replied: z.number().int(),
        failed: z.number().int(),
      }),
    ),
    contacts: z.number().int(),
    consented: z.number().int(),
    running: z.array(Campaign),
    checklist: z.object({
      sender: z.boolean(),
      contacts: z.boolean(),
      template: z.boolean(),
      test: z.boolean(),
      campaign: z.boolean(),
    }),
  })
  .meta({ id: 'Dashboard' })

export const dashboardOperations = {
  get: defineOperation({
    id: 'analytics.dashboard',
    method: 'GET',
    path: '/api/v1/dashboard',
    summary: 'Today, the trend, what is running, and the first steps still open',
    access: 'workspace.read',
    response: Dashboard,
  }),
  events: defineOperation({
    id: 'events.stream',
    method: 'GET',
    path: '/api/v1/events',
    summary: 'Live events of the workspace (server-sent events)',
    access: 'inbox.read',
    query: z.object({ workspace: idOf('ws').optional() }),
    produces: 'text/event-stream',
    response: z.unknown(),
  }),
  listConversations: defineOperation({
    id: 'inbox.listConversations',
    method: 'GET',
    path: '/api/v1/conversations',
    summary: 'Conversations, newest first',
    access: 'inbox.read',
    query: pageQuery,
    response: pageOf(
      z.object({
        id: z.string(),
        contactId: z.string(),
        contactName: z.string(),
        senderName: z.string(),
        lastText: z.string(),
        unread: z.number().int(),
        lastMessageAt: instant,
      }),
    ),
  }),
} as const

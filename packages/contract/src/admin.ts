import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant, listOf, noContent, pageOf, pageQuery } from './shapes.ts'

export const OutboxMail = z
  .object({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'OutboxMail' })

export const PlatformUser = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    active: z.boolean(),
    isPlatformAdmin: z.boolean(),
    workspaces: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'PlatformUser' })

export const PlatformSettings = z
  .object({ signUpOpen: z.boolean(), productName: z.string().trim().min(1).max(60) })
  .meta({ id: 'PlatformSettings' })

export const adminOperations = {
  listOutbox: defineOperation({
    id: 'admin.listOutbox',
    method: 'GET',
    path: '/api/v1/admin/outbox',
    summary: 'Mails kept on this machine because no SMTP server is configured',
    access: 'platform_admin',
    query: pageQuery,
    response: pageOf(OutboxMail),
  }),
  listUsers: defineOperation({
    id: 'admin.listUsers',
    method: 'GET',
    path: '/api/v1/admin/users',
    summary: 'All users of the installation',
    access: 'platform_admin',
    query: pageQuery.extend({ search: z.string().max(200).optional() }),
    response: pageOf(PlatformUser),
  }),
  updateUser: defineOperation({
    id: 'admin.updateUser',
    method: 'PATCH',
    path: '/api/v1/admin/users/:userId',
    summary: 'Activate, deactivate or promote a user',
    access: 'platform_admin',
    params: z.object({ userId: idOf('usr') }),
    body: z.object({ active: z.boolean().optional(), isPlatformAdmin: z.boolean().optional() }),
    response: PlatformUser,
  }),
  listWorkspaces: defineOperation({
    id: 'admin.listWorkspaces',
    method: 'GET',
    path: '/api/v1/admin/workspaces',
    summary: 'All workspaces with their size and status',
    access: 'platform_admin',
    response: listOf(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.enum(['active', 'suspended']),
        isDemo: z.boolean(),
        members: z.number().int(),
        contacts: z.number().int(),
        senders: z.number().int(),
        /** Campaign messages a calendar month; null for no limit. */
        messageQuota: z.number().int().nullable(),
        createdAt: instant,
      }),
    ),
  }),
  updateWorkspace: defineOperation({
    id: 'admin.updateWorkspace',
    method: 'PATCH',
    path: '/api/v1/admin/workspaces/:workspaceId',
    summary: 'Suspend or reactivate a workspace, or limit its messages',
    access: 'platform_admin',
    params: z.object({ workspaceId: idOf('ws') }),
    body: z.object({
      status: z.enum(['active', 'suspended']).optional(),
      messageQuota: z.number().int().min(0).max(2_000_000_000).nullable().optional(),
    }),
    status: 204,
    response: noContent,
  }),
  getSettings: defineOperation({
    id: 'admin.getSettings',
    method: 'GET',
    path: '/api/v1/admin/settings',
    summary: 'Settings of the installation',
    access: 'platform_admin',
    response: PlatformSettings,
  }),
  updateSettings: defineOperation({
    id: 'admin.updateSettings',
    method: 'PATCH',
    path: '/api/v1/admin/settings',
    summary: 'Change settings of the installation',
    access: 'platform_admin',
    body: PlatformSettings.partial(),
    response: PlatformSettings,
  }),
} as const

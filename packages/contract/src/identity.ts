import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { ROLES } from './permission.ts'
import { currency, idOf, instant, language, noContent, timeZone } from './shapes.ts'

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    language,
    timeZone: z.string(),
    currency,
    isPlatformAdmin: z.boolean(),
    twoFactorEnabled: z.boolean(),
    workspaces: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
        isDemo: z.boolean(),
        permissions: z.array(z.string()),
      }),
    ),
    /** The workspace that requests without `X-Siar-Workspace` act in. */
    activeWorkspaceId: z.string().nullable(),
  })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>

export const SetUpState = z.object({
  /** False once the first platform admin exists. */
  needed: z.boolean(),
  /** Anyone may make an account. */
  signUpOpen: z.boolean(),
  productName: z.string(),
})

export const LoginSession = z
  .object({
    id: z.string(),
    current: z.boolean(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'LoginSession' })

export const identityOperations = {
  getSetUp: defineOperation({
    id: 'identity.getSetUp',
    method: 'GET',
    path: '/api/v1/set-up',
    summary: 'Tell whether the first platform admin must still be made',
    access: 'public',
    response: SetUpState,
  }),
  completeSetUp: defineOperation({
    id: 'identity.completeSetUp',
    method: 'POST',
    path: '/api/v1/set-up',
    summary: 'Make the first platform admin with the one-time set-up link',
    access: 'public',
    body: z.object({
      token: z.string().min(20).max(200),
      name: z.string().trim().min(1).max(120),
      email: z.email().max(254),
      password: z.string().min(10).max(200),
      workspaceName: z.string().trim().min(1).max(120),
      language: language.default('id'),
    }),
    status: 201,
    response: z.object({ userId: z.string(), workspaceId: z.string() }),
  }),
  getMe: defineOperation({
    id: 'identity.getMe',
    method: 'GET',
    path: '/api/v1/me',
    summary: 'The signed-in user with workspaces and roles',
    access: 'signed_in',
    response: Me,
  }),
  updateMe: defineOperation({
    id: 'identity.updateMe',
    method: 'PATCH',
    path: '/api/v1/me',
    summary: 'Change name, language, time zone or currency',
    access: 'signed_in',
    body: z.object({
      name: z.string().trim().min(1).max(120).optional(),
      language: language.optional(),
      timeZone: timeZone.optional(),
      currency: currency.optional(),
      activeWorkspaceId: idOf('ws').optional(),
    }),
    response: Me,
  }),
  listLoginSessions: defineOperation({
    id: 'identity.listLoginSessions',
    method: 'GET',
    path: '/api/v1/me/login-sessions',
    summary: 'Where this user is signed in',
    access: 'signed_in',
    response: z.object({ data: z.array(LoginSession) }),
  }),
  revokeLoginSession: defineOperation({
    id: 'identity.revokeLoginSession',
    method: 'DELETE',
    path: '/api/v1/me/login-sessions/:loginSessionId',
    summary: 'Sign out elsewhere',
    access: 'signed_in',
    params: z.object({ loginSessionId: z.string().min(1).max(100) }),
    status: 204,
    response: noContent,
  }),
} as const

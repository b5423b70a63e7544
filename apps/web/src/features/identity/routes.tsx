import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'identity',
  screens: [
    {
      path: '/sign-in',
      layout: 'public',
      load: () => import('./sign-in-page.tsx').then((module) => module.SignInPage),
    },
    {
      path: '/two-factor',
      layout: 'public',
      load: () => import('./two-factor-page.tsx').then((module) => module.TwoFactorPage),
    },
    {
      path: '/set-up',
      layout: 'public',
      load: () => import('./set-up-page.tsx').then((module) => module.SetUpPage),
    },
    {
      path: '/invitations/$invitationId',
      layout: 'public',
      load: () => import('./invitation-page.tsx').then((module) => module.InvitationPage),
    },
    {
      path: '/sign-up',
      layout: 'public',
      load: () => import('./sign-up-page.tsx').then((module) => module.SignUpPage),
    },
    {
      path: '/verify-email',
      layout: 'public',
      load: () => import('./verify-email-page.tsx').then((module) => module.VerifyEmailPage),
    },
    {
      path: '/forgot-password',
      layout: 'public',
      load: () => import('./forgot-password-page.tsx').then((module) => module.ForgotPasswordPage),
    },
    {
      path: '/reset-password',
      layout: 'public',
      load: () => import('./reset-password-page.tsx').then((module) => module.ResetPasswordPage),
    },
  ],
})

import type { Core, Language } from '../../core.ts'
import type { MailContent } from '../../mail/mail-layout.ts'
import {
  accountExistsText,
  passwordChangedText,
  resetPasswordText,
  verifyEmailText,
} from '../../mail/mail-texts.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { readPlatformSettings } from './platform-settings.ts'

/** A user as better-auth hands it over; it also carries the language, which its type does not tell. */
interface Addressee {
  readonly email: string
  readonly name: string
}

type Facts = { readonly language: Language; readonly productName: string; readonly name: string }

/** The mails that signing in needs, each in the language of the person it goes to. */
export interface AuthMails {
  verifyEmail(person: Addressee, url: string): Promise<void>
  resetPassword(person: Addressee, token: string): Promise<void>
  passwordChanged(person: Addressee): Promise<void>
  accountExists(person: Addressee): Promise<void>
}

export function createAuthMails(core: Core, mailer: Mailer): AuthMails {
  const post = async (person: Addressee, toContent: (facts: Facts) => MailContent): Promise<void> => {
    const { productName } = await readPlatformSettings(core)
    const language = (person as { language?: unknown }).language === 'en' ? 'en' : 'id'
    await mailer.post(person.email, toContent({ language, productName, name: person.name }))
  }
  const link = (path: string): string => `${core.config.publicUrl}${path}`
  return {
    verifyEmail: (person, url) => post(person, (facts) => verifyEmailText({ ...facts, url })),
    resetPassword: (person, token) => {
      const url = link(`/reset-password?token=${encodeURIComponent(token)}`)
      return post(person, (facts) => resetPasswordText({ ...facts, url }))
    },
    passwordChanged: (person) => post(person, passwordChangedText),
    accountExists: (person) =>
      post(person, (facts) => accountExistsText({ ...facts, url: link('/sign-in') })),
  }
}

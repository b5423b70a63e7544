import type { Role } from '@siar/contract'
import type { Language } from '../core.ts'
import type { MailContent } from './mail-layout.ts'

interface Facts {
  readonly language: Language
  readonly productName: string
}

interface PersonalLink extends Facts {
  readonly name: string
  readonly url: string
}

const greetings = { id: (name: string) => `Halo ${name},`, en: (name: string) => `Hello ${name},` }

const roleNames: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  id: { owner: 'pemilik', admin: 'admin', operator: 'operator', agent: 'agen', viewer: 'pengamat' },
  en: { owner: 'owner', admin: 'admin', operator: 'operator', agent: 'agent', viewer: 'viewer' },
}

const footer = ({ language, productName }: Facts): string =>
  language === 'id' ? `Dikirim oleh ${productName}` : `Sent by ${productName}`

/** Asks a person to prove that the address is theirs; the link holds for an hour. */
export function verifyEmailText({ name, url, ...facts }: PersonalLink): MailContent {
  const { language, productName } = facts
  const texts = {
    id: {
      subject: `Verifikasi email Anda di ${productName}`,
      paragraphs: ['Tekan tombol di bawah untuk memastikan alamat email ini milik Anda. Berlaku satu jam.'],
      label: 'Verifikasi email',
    },
    en: {
      subject: `Verify your e-mail at ${productName}`,
      paragraphs: ['Press the button below to confirm that this address is yours. It works for one hour.'],
      label: 'Verify e-mail',
    },
  }[language]
  const { label, ...rest } = texts
  return {
    language,
    greeting: greetings[language](name),
    ...rest,
    action: { label, url },
    footer: footer(facts),
  }
}

/** Lets a person choose a new password; the link holds for an hour. */
export function resetPasswordText({ name, url, ...facts }: PersonalLink): MailContent {
  const { language, productName } = facts
  const texts = {
    id: {
      subject: `Atur ulang kata sandi ${productName}`,
      paragraphs: [
        'Seseorang, semoga Anda, meminta kata sandi baru. Tautan ini berlaku satu jam.',
        'Bila bukan Anda, abaikan email ini; kata sandi Anda tidak berubah.',
      ],
      label: 'Buat kata sandi baru',
    },
    en: {
      subject: `Reset your ${productName} password`,
      paragraphs: [
        'Somebody, hopefully you, asked for a new password. This link works for one hour.',
        'If it was not you, ignore this mail; your password stays as it is.',
      ],
      label: 'Choose a new password',
    },
  }[language]
  const { label, ...rest } = texts
  return {
    language,
    greeting: greetings[language](name),
    ...rest,
    action: { label, url },
    footer: footer(facts),
  }
}

/** Tells a person that the password was changed, so that a theft does not stay unseen. */
export function passwordChangedText({ name, ...facts }: Facts & { readonly name: string }): MailContent {
  const { language, productName } = facts
  const texts = {
    id: {
      subject: `Kata sandi ${productName} Anda diubah`,
      paragraphs: ['Kata sandi Anda baru saja diubah.', 'Bila bukan Anda, segera minta kata sandi baru.'],
    },
    en: {
      subject: `Your ${productName} password was changed`,
      paragraphs: [
        'Your password was changed just now.',
        'If it was not you, ask for a new password at once.',
      ],
    },
  }[language]
  return { language, greeting: greetings[language](name), ...texts, footer: footer(facts) }
}

/** Tells the holder of an account that somebody tried to sign up with the same address. */
export function accountExistsText({ name, url, ...facts }: PersonalLink): MailContent {
  const { language, productName } = facts
  const texts = {
    id: {
      subject: `Anda sudah punya akun ${productName}`,
      paragraphs: ['Seseorang mencoba mendaftar dengan alamat email ini, tetapi akunnya sudah ada.'],
      label: 'Masuk',
    },
    en: {
      subject: `You already have a ${productName} account`,
      paragraphs: ['Somebody tried to sign up with this address, but it already has an account.'],
      label: 'Sign in',
    },
  }[language]
  const { label, ...rest } = texts
  return {
    language,
    greeting: greetings[language](name),
    ...rest,
    action: { label, url },
    footer: footer(facts),
  }
}

export interface InvitationFacts extends Facts {
  readonly inviterName: string
  readonly workspaceName: string
  readonly role: Role
  readonly url: string
}

/** Invites a person to a workspace; the link holds for seven days. */
export function invitationText({
  inviterName,
  workspaceName,
  role,
  url,
  ...facts
}: InvitationFacts): MailContent {
  const { language, productName } = facts
  const roleName = roleNames[language][role]
  const texts = {
    id: {
      subject: `Undangan ke ${workspaceName} di ${productName}`,
      greeting: 'Halo,',
      paragraphs: [
        `${inviterName} mengundang Anda ke ruang kerja ${workspaceName} sebagai ${roleName}.`,
        'Undangan ini berlaku tujuh hari.',
      ],
      label: 'Terima undangan',
    },
    en: {
      subject: `Invitation to ${workspaceName} at ${productName}`,
      greeting: 'Hello,',
      paragraphs: [
        `${inviterName} invites you to the workspace ${workspaceName} as ${roleName}.`,
        'This invitation works for seven days.',
      ],
      label: 'Accept the invitation',
    },
  }[language]
  const { label, ...rest } = texts
  return { language, ...rest, action: { label, url }, footer: footer(facts) }
}

export interface HaltMailFacts extends PersonalLink {
  readonly workspaceName: string
  /** Whole sentences in the language of the mail, one for each thing that was halted. */
  readonly lines: readonly string[]
  readonly isSender: boolean
}

/** Tells who answers for a workspace that marketing was stopped there, why, and where to go on. */
export function haltText({
  name,
  url,
  workspaceName,
  lines,
  isSender,
  ...facts
}: HaltMailFacts): MailContent {
  const { language } = facts
  const texts = {
    id: {
      subject: isSender
        ? `Promosi lewat satu nomor di ${workspaceName} dihentikan`
        : `Kampanye di ${workspaceName} dihentikan`,
      last: 'Balasan dan pesan layanan tetap terkirim. Lihat dulu penyebabnya sebelum melanjutkan.',
      label: isSender ? 'Lihat nomor pengirim' : 'Lihat kampanye',
    },
    en: {
      subject: isSender
        ? `Marketing through a number in ${workspaceName} was stopped`
        : `A campaign in ${workspaceName} was halted`,
      last: 'Replies and service messages still go out. Look at the cause before you let it go on.',
      label: isSender ? 'See the number' : 'See the campaign',
    },
  }[language]
  return {
    language,
    subject: texts.subject,
    greeting: greetings[language](name),
    paragraphs: [...lines, texts.last],
    action: { label: texts.label, url },
    footer: footer(facts),
  }
}

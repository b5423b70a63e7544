import { z } from 'zod'

const graphId = z.string().regex(/^\d{5,20}$/, 'digits only')

/** A number on Meta's Cloud API. */
export const CloudApiSettings = z
  .object({
    phoneNumberId: graphId,
    wabaId: graphId,
    /** Needed to upload examples of media headers. */
    appId: graphId.nullable().default(null),
    apiVersion: z
      .string()
      .regex(/^v\d{2}\.\d$/)
      .default('v23.0'),
    /** Marketing templates go through Marketing Messages API. */
    marketingMessages: z.boolean().default(false),
    productPolicy: z.enum(['CLOUD_API_FALLBACK', 'STRICT']).default('CLOUD_API_FALLBACK'),
    /** A preview of the first link of a text. */
    linkPreview: z.boolean().default(true),
    /** 1–1,000; Meta gives 80 to a number, 1,000 after an upgrade, 20 beside the WhatsApp Business app. */
    messagesPerSecond: z.number().int().min(1).max(1000).default(80),
  })
  .meta({ id: 'CloudApiSettings' })

/** A number linked as one more device of its phone. */
export const LinkedDeviceSettings = z
  .object({
    /** A second send with the same id is believed to be shown once; nobody documents it. */
    dedupesOurId: z.boolean().default(false),
  })
  .meta({ id: 'LinkedDeviceSettings' })

/** WhatsApp Web in a browser of this machine or of a Browserless server. */
export const WebBrowserSettings = z
  .object({
    /** Language of the browser, as the shop's own. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
      .default('id-ID'),
    /** The shop's own time zone. */
    timeZone: z.string().min(1).max(60).default('Asia/Jakarta'),
    dedupesOurId: z.boolean().default(false),
  })
  .meta({ id: 'WebBrowserSettings' })

/** A session on a WAHA server. */
export const WahaSettings = z
  .object({
    baseUrl: z.url({ protocol: /^https?$/ }).max(500),
    /** The session's name on that server; one session belongs to one sender. */
    session: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    /** What becomes of the session when Siar lets go of it: one that goes on receives meanwhile. */
    whenClosed: z.enum(['keep_running', 'stop']).default('keep_running'),
  })
  .meta({ id: 'WahaSettings' })

/** What a person enters once and nobody reads back, by channel. */
export const SenderSecrets = z
  .object({
    cloud_api: z
      .object({
        accessToken: z
          .string()
          .trim()
          .regex(/^[\w.|-]{20,1000}$/, 'letters and digits, without spaces'),
        /** Signs webhooks. */
        appSecret: z
          .string()
          .trim()
          .regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits'),
        /** Chosen by you; Meta repeats it when the webhook is set up. */
        verifyToken: z.string().trim().min(8).max(200),
      })
      .optional(),
    waha: z
      .object({
        apiKey: z.string().trim().min(1).max(500),
        /** Signs webhooks; made from `apiKey` unless given. */
        webhookKey: z.string().trim().min(16).max(500).optional(),
      })
      .optional(),
  })
  .meta({ id: 'SenderSecrets' })
export type SenderSecrets = z.output<typeof SenderSecrets>

/** Some of the secrets, entered anew. */
export const SenderSecretChanges = z
  .object({
    cloud_api: SenderSecrets.shape.cloud_api.unwrap().partial().optional(),
    waha: SenderSecrets.shape.waha.unwrap().partial().optional(),
  })
  .meta({ id: 'SenderSecretChanges' })
export type SenderSecretChanges = z.output<typeof SenderSecretChanges>

/** How a sender without a link is linked: by a QR code, or by typing a code on the phone of this number. */
export const PairingWish = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('qr') }),
    z.object({ by: z.literal('code'), phone: z.string().trim().min(5).max(30) }),
  ])
  .meta({ id: 'PairingWish' })
export type PairingWish = z.output<typeof PairingWish>

/** One value that was tried live, with what came of it. */
export const AccessCheck = z
  .object({
    /** `accessToken`, `phoneNumberId`, `wabaId`, `appSecret`, `baseUrl`, `apiKey` … */
    field: z.string(),
    state: z.enum(['good', 'wrong', 'not_checked']),
    /** Why, as a stable code: `token_invalid`, `not_in_waba`, `key_wrong` …; null when good. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'AccessCheck' })
export type AccessCheck = z.output<typeof AccessCheck>

/** What a channel says of its number; null where it never told. */
export const SenderStanding = z
  .object({
    quality: z.enum(['green', 'yellow', 'red']).nullable(),
    /** People outside of windows in 24 hours; null also when unlimited. */
    messagingLimit: z.number().int().nullable(),
    isUnlimited: z.boolean(),
    messagesPerSecond: z.number().int().nullable(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'SenderStanding' })
export type SenderStanding = z.output<typeof SenderStanding>

/** How many people Meta lets the business of a number write to first, over all its numbers. */
export const SenderPortfolio = z
  .object({
    /** Different people outside of windows in the last 24 hours. */
    people: z.number().int(),
    /** Null without a limit, or before Meta told it. */
    peopleMax: z.number().int().nullable(),
    /** When there is a place again; null while there is one. */
    freeAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SenderPortfolio' })
export type SenderPortfolio = z.output<typeof SenderPortfolio>

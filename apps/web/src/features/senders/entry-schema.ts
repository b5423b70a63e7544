import { SenderSecrets, SenderSettings, senderOperations } from '@siar/contract'
import { z } from 'zod'

const { name } = senderOperations.create.body.shape
const since = z.union([z.literal(''), z.iso.date()]).default('')

export type FieldRules = Readonly<
  Record<
    | 'phoneNumberId'
    | 'wabaId'
    | 'appId'
    | 'accessToken'
    | 'appSecret'
    | 'verifyToken'
    | 'baseUrl'
    | 'session'
    | 'apiKey',
    string
  >
>

/** The contract's own rule, said in the page's words. */
const worded = (rule: z.ZodType, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => rule.safeParse(text).success, { message })
/** The same for a value that may stay empty. */
const maybe = (rule: z.ZodType, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || rule.safeParse(text).success, { message })

const cloudSettings = SenderSettings.shape.cloud_api.unwrap().shape
const cloudSecrets = SenderSecrets.shape.cloud_api.unwrap().shape
const wahaSettings = SenderSettings.shape.waha.unwrap().shape
const wahaSecrets = SenderSecrets.shape.waha.unwrap().shape

/** Names follow the body of the operation, so that what the server refuses finds its field. */
export const cloudApiShape = (rules: FieldRules) => ({
  settings: z.object({
    cloud_api: z.object({
      phoneNumberId: worded(cloudSettings.phoneNumberId, rules.phoneNumberId),
      wabaId: worded(cloudSettings.wabaId, rules.wabaId),
      appId: maybe(cloudSettings.appId, rules.appId),
    }),
  }),
  secrets: z.object({
    cloud_api: z.object({
      accessToken: worded(cloudSecrets.accessToken, rules.accessToken),
      appSecret: worded(cloudSecrets.appSecret, rules.appSecret),
      verifyToken: worded(cloudSecrets.verifyToken, rules.verifyToken),
    }),
  }),
})

export const wahaShape = (rules: FieldRules) => ({
  settings: z.object({
    waha: z.object({
      baseUrl: worded(wahaSettings.baseUrl, rules.baseUrl),
      session: worded(wahaSettings.session, rules.session),
    }),
  }),
  secrets: z.object({ waha: z.object({ apiKey: worded(wahaSecrets.apiKey, rules.apiKey) }) }),
})

export const cloudApiSchema = (rules: FieldRules) => z.object({ name, ...cloudApiShape(rules) })
export const wahaSchema = (rules: FieldRules) => z.object({ name, since, ...wahaShape(rules) })
export const phoneSchema = z.object({ name, since })
export const simulatorSchema = z.object({ name })

/** New secrets for a sender that has some: what stays empty stays as it was. */
export const cloudApiChangeSchema = (rules: FieldRules) =>
  z.object({
    settings: cloudApiShape(rules).settings,
    secrets: z.object({
      cloud_api: z.object({
        accessToken: maybe(cloudSecrets.accessToken, rules.accessToken),
        appSecret: maybe(cloudSecrets.appSecret, rules.appSecret),
        verifyToken: maybe(cloudSecrets.verifyToken, rules.verifyToken),
      }),
    }),
  })

export const wahaChangeSchema = (rules: FieldRules) =>
  z.object({
    settings: wahaShape(rules).settings,
    secrets: z.object({ waha: z.object({ apiKey: maybe(wahaSecrets.apiKey, rules.apiKey) }) }),
  })

/** Without what was left empty. */
export function filled<T extends Record<string, string>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<T>
}

/** A word nobody guesses; Meta repeats it once. */
export function newVerifyToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return `siar-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

import { z } from 'zod'

const graphId = z.string().regex(/^\d{5,20}$/, 'digits')

/** The newest version that Meta's own description was checked against. */
export const defaultApiVersion = 'v23.0'

/** What a person enters about a number on Cloud API; under `cloud_api` in the settings of a sender. */
export const cloudApiSettingsSchema = z.object({
  phoneNumberId: graphId,
  wabaId: graphId,
  /** Needed for examples of media headers and for the check of the app secret. */
  appId: graphId.nullable().default(null),
  apiVersion: z
    .string()
    .regex(/^v\d{2}\.\d$/, 'v23.0')
    .default(defaultApiVersion),
  /** Sends marketing templates through Marketing Messages API. */
  marketingMessages: z.boolean().default(false),
  /** `STRICT`: what Marketing Messages API cannot take is refused instead of going through Cloud API. */
  productPolicy: z.enum(['CLOUD_API_FALLBACK', 'STRICT']).default('CLOUD_API_FALLBACK'),
  /** Shows a preview of the first link of a text. */
  linkPreview: z.boolean().default(true),
})

export type CloudApiSettings = z.output<typeof cloudApiSettingsSchema>

/** What a person enters once and nobody reads back. */
export const cloudApiSecretsSchema = z.object({
  accessToken: z.string().regex(/^[\w.|-]{20,1000}$/, 'letters and digits, without spaces'),
  /** Signs webhooks. */
  appSecret: z.string().regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits'),
  /** Chosen by the owner; Meta repeats it when the webhook is set up. */
  verifyToken: z.string().min(8).max(200),
})

export type CloudApiSecrets = z.output<typeof cloudApiSecretsSchema>

export interface SettingProblem {
  /** `phoneNumberId`, `accessToken` … */
  readonly field: string
  /** What is expected, never what was entered. */
  readonly rule: string
}

export type ParsedSettings<Value> =
  | { readonly kind: 'valid'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingProblem[] }

function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): ParsedSettings<z.output<Schema>> {
  const result = schema.safeParse(given)
  if (result.success) return { kind: 'valid', value: result.data }
  const problems = result.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    rule: message,
  }))
  return { kind: 'invalid', problems }
}

/** Reads `settings.cloud_api` of a sender. */
export function parseCloudApiSettings(
  settings: Readonly<Record<string, unknown>>,
): ParsedSettings<CloudApiSettings> {
  return parse(cloudApiSettingsSchema, settings['cloud_api'])
}

export function parseCloudApiSecrets(
  secrets: Readonly<Record<string, string>>,
): ParsedSettings<CloudApiSecrets> {
  return parse(cloudApiSecretsSchema, secrets)
}

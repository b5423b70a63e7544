import { z } from 'zod'

const baseUrl = z
  .string()
  .trim()
  .max(500)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null
    const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
    if (
      !url ||
      !isWeb ||
      url.username !== '' ||
      url.password !== '' ||
      url.search !== '' ||
      url.hash !== ''
    ) {
      context.addIssue('a web address such as https://waha.example.com, without name, password or query')
      return z.NEVER
    }
    return url.href.replace(/\/+$/, '')
  })

/** What a person enters for a sender that goes through a WAHA server; stored as `settings.waha`. */
export const WahaSettings = z.object({
  /** Any web address, also inside the own network; redirects are never followed. */
  baseUrl,
  /** The session's name on that server. One session belongs to one sender. */
  session: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, - and _, at most 64'),
  /**
   * What becomes of the session when Siar lets go of it, also for a moment: a running one goes on to receive, and its
   * webhooks wait in Siar.
   */
  whenClosed: z.enum(['keep_running', 'stop']).default('keep_running'),
})
export type WahaSettings = z.infer<typeof WahaSettings>

/** `apiKey` is WAHA's `X-Api-Key`; webhooks are signed with a key derived from it unless `webhookKey` is given. */
export const WahaSecrets = z.object({
  apiKey: z.string().min(1).max(500),
  webhookKey: z.string().min(16).max(500).optional(),
})
export type WahaSecrets = z.infer<typeof WahaSecrets>

/** Reads `settings.waha` of a sender; the issues name the fields a person has to mend. */
export function parseWahaSettings(
  settings: Readonly<Record<string, unknown>>,
): z.ZodSafeParseResult<WahaSettings> {
  return WahaSettings.safeParse(settings['waha'] ?? {})
}

export function parseWahaSecrets(
  secrets: Readonly<Record<string, string>>,
): z.ZodSafeParseResult<WahaSecrets> {
  return WahaSecrets.safeParse(secrets)
}

import { z } from 'zod'

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const schema = z.strictObject({
  /** Language of the browser, as the shop's own: `id-ID`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/)
    .default('id-ID'),
  /** The shop's own time zone. */
  timeZone: z.string().max(60).refine(isTimeZone).default('Asia/Jakarta'),
  /** A second send with the same id is believed to be shown once; nobody documents it, so it is off by default. */
  dedupesOurId: z.boolean().default(false),
})

export type WebBrowserSettings = z.infer<typeof schema>

/**
 * Reads `settings.web_browser` of a sender.
 *
 * @throws ZodError naming what does not fit.
 */
export function parseWebBrowserSettings(settings: Readonly<Record<string, unknown>>): WebBrowserSettings {
  return schema.parse(settings['web_browser'] ?? {})
}

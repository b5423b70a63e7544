import type { RefusalReason } from '@siar/domain'
import { z } from 'zod'
import { sessionStatuses } from './waha-shapes.ts'
import type { SessionStatus } from './waha-shapes.ts'

/** What an answer other than "taken" means for the message. */
export type Refused =
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly sessionStatus: SessionStatus | null }
  /** It may have gone all the same. */
  | { readonly kind: 'uncertain' }

/**
 * What WhatsApp's own codes mean, as engines hand them on ("server returned error 463"). The server said no: nobody saw
 * the message. 400 is a session whose engine is stuck until it is started anew; 403 is unexplained and treated with care.
 * Source: engines.md §2–3; issues 1992, 2084, 2093 of devlikeapro/waha.
 */
const reasonOfCode: Readonly<Record<number, RefusalReason>> = {
  400: 'service_busy',
  401: 'sender_signed_out',
  403: 'spam_limited',
  404: 'not_on_whatsapp',
  406: 'undeliverable',
  420: 'sender_too_fast',
  421: 'service_busy',
  429: 'sender_too_fast',
  463: 'new_chats_locked',
  479: 'undeliverable',
  500: 'service_busy',
  503: 'service_busy',
}

export function reasonOfServerCode(code: number): RefusalReason {
  return reasonOfCode[code] ?? 'other'
}

/** Engines tell these in words only; each is from an issue or the source of WAHA. */
const reasonsOfText: readonly (readonly [RegExp, RefusalReason])[] = [
  [/rate-?overlimit/i, 'sender_too_fast'],
  [/no lid (found )?for|not (registered|on) (on )?whatsapp|number does not exist/i, 'not_on_whatsapp'],
  [/(available|only) in (waha )?plus|plus version/i, 'not_supported'],
  [/logged out|device removed/i, 'sender_signed_out'],
  [
    /session status is not as expected|session under \w+ status|session.{0,80}(not found|does not exist)/is,
    'not_connected',
  ],
  [/didn't find a session|session is not running/i, 'not_connected'],
  [/ffmpeg|could not (convert|process) .{0,20}media|unsupported (image|video|audio) /i, 'media_failed'],
]

/** Statuses that settle the matter by themselves; a 5xx does not. Source: AllExceptionsFilter of WAHA. */
const reasonOfStatus: Readonly<Record<number, RefusalReason>> = {
  400: 'bad_request',
  401: 'sender_signed_out',
  403: 'sender_signed_out',
  404: 'not_connected',
  405: 'not_supported',
  413: 'bad_request',
  422: 'bad_request',
  429: 'service_busy',
  501: 'not_supported',
}

const Problem = z.looseObject({
  message: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
  error: z
    .union([z.string(), z.looseObject({ message: z.string().optional() })])
    .optional()
    .catch(undefined),
  status: z.enum(sessionStatuses).optional().catch(undefined),
  exception: z
    .looseObject({ message: z.string().optional(), details: z.string().optional() })
    .optional()
    .catch(undefined),
})

function wordsOf({ message, error, exception }: z.infer<typeof Problem>): string {
  const words = [
    message,
    typeof error === 'string' ? error : error?.message,
    exception?.message,
    exception?.details,
  ]
  return words
    .flat()
    .filter((word) => word !== undefined)
    .join('\n')
}

function reasonOfWords(words: string): RefusalReason | null {
  const [, code] = /server returned error (\d{3})\b/.exec(words) ?? []
  if (code !== undefined) return reasonOfServerCode(Number(code))
  return reasonsOfText.find(([pattern]) => pattern.test(words))?.[1] ?? null
}

/**
 * Reads an answer to a send that is not 2xx. Decides on codes first, on words only where there is no code; words are
 * never handed on, they may hold numbers and texts.
 */
export function readRefusal(status: number, body: unknown): Refused {
  const parsed = Problem.safeParse(body)
  const problem = parsed.success ? parsed.data : {}
  const byWords = reasonOfWords(wordsOf(problem))
  const sessionStatus = problem.status ?? null
  if (byWords !== null) return { kind: 'refused', reason: byWords, sessionStatus }
  if (status >= 300 && status < 400) return { kind: 'refused', reason: 'not_connected', sessionStatus }
  const byStatus = reasonOfStatus[status]
  if (byStatus === undefined && (status >= 500 || status === 408)) return { kind: 'uncertain' }
  return { kind: 'refused', reason: byStatus ?? 'bad_request', sessionStatus }
}

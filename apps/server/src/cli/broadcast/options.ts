import { UsageError } from '../usage-error.ts'

/** `siar broadcast` as typed, before anything is checked. */
export interface RawOptions {
  readonly message: string
  readonly media?: string
  readonly via: string
  readonly delay?: string
  readonly consent?: string
  readonly workspace?: string
  readonly name?: string
  readonly wait: string
  readonly log: string
  readonly rejects: string
  readonly yes?: true
  readonly json?: true
}

export interface BroadcastOptions extends Omit<RawOptions, 'delay' | 'wait'> {
  readonly file: string
  /** Null takes the sender's own pacing. */
  readonly delayMs: { readonly min: number; readonly max: number } | null
  readonly waitMs: number
}

const DELAY = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/
const DELAY_S_MAX = 600
const WAIT_S_MAX = 3600
const CONSENT_LENGTH_MAX = 1000
const NAME_LENGTH_MAX = 80

/**
 * Checks the options that need no file and no database.
 *
 * @param canAsk A person sits at a terminal and can be asked for what is missing.
 * @throws UsageError in plain words.
 */
export function parseOptions(file: string, raw: RawOptions, canAsk: boolean): BroadcastOptions {
  if (raw.json && !raw.yes) throw new UsageError('--json needs --yes: nobody can be asked to confirm')
  if (!raw.yes && !canAsk) throw new UsageError('--yes is needed: nobody can be asked to confirm')
  if (!raw.consent?.trim() && (!canAsk || raw.yes)) {
    throw new UsageError('--consent "how these people agreed to get your messages" is needed')
  }
  checkLength('--consent', raw.consent, CONSENT_LENGTH_MAX)
  checkLength('--name', raw.name, NAME_LENGTH_MAX)
  const { delay, wait, ...rest } = raw
  return { ...rest, file, delayMs: delay === undefined ? null : parseDelay(delay), waitMs: parseWait(wait) }
}

function checkLength(option: string, text: string | undefined, max: number): void {
  if (text !== undefined && text.length > max)
    throw new UsageError(`${option} takes at most ${max} characters`)
}

function parseDelay(text: string): { min: number; max: number } {
  const [, low, high = low] = DELAY.exec(text.trim()) ?? []
  const min = Number(low)
  const max = Number(high)
  if (low === undefined || min > max || max > DELAY_S_MAX) {
    throw new UsageError(`--delay takes seconds from-to, such as 3-6, at most ${DELAY_S_MAX}`)
  }
  return { min: Math.round(min * 1000), max: Math.round(max * 1000) }
}

function parseWait(text: string): number {
  const seconds = Number(text)
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > WAIT_S_MAX) {
    throw new UsageError(`--wait takes seconds, at most ${WAIT_S_MAX}`)
  }
  return seconds * 1000
}

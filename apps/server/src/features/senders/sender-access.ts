import { asksAccess, channelAccess } from '@siar/contract'
import type { AccessCheck, SenderSecretChanges, SenderSecrets, SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { ChannelKind, FieldProblem, SenderId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import { secretsOf } from './access-checks.ts'
import type { AccessChecks } from './access-checks.ts'
import { createSenderCredentials } from './sender-credentials.ts'

type Secrets = Readonly<Record<string, string>>

const checkMsMax = 15_000

/** What a person entered to reach a channel: complete, tried live, and kept sealed. */
export interface SenderAccess {
  /** Tries what was entered and keeps nothing. @throws AppError `channel_unreachable`. */
  check(
    channel: ChannelKind,
    settings: SenderSettings,
    secrets: SenderSecrets,
    signal: AbortSignal,
  ): Promise<readonly AccessCheck[]>
  /** Tries what is kept, without changing it. @throws AppError `channel_unreachable`. */
  checkKept(
    channel: ChannelKind,
    settings: SenderSettings,
    kept: Secrets,
    signal: AbortSignal,
  ): Promise<readonly AccessCheck[]>
  /**
   * The secrets to keep, after everything was tried live together.
   *
   * @param known Secrets entered before; new ones win.
   * @throws AppError `validation_failed` naming each value that is missing or wrong, `channel_unreachable`.
   */
  require(
    channel: ChannelKind,
    settings: SenderSettings,
    given: SenderSecretChanges | undefined,
    known?: Secrets,
  ): Promise<Secrets>
  read(scope: WorkspaceScope, senderId: SenderId): Promise<Secrets>
  save(scope: WorkspaceScope, senderId: SenderId, secrets: Secrets): Promise<void>
}

export function createSenderAccess(core: Core, checks: AccessChecks): SenderAccess {
  const credentials = createSenderCredentials(core)
  const tryOut = async (
    channel: ChannelKind,
    settings: SenderSettings,
    secrets: Secrets,
    signal: AbortSignal,
  ): Promise<readonly AccessCheck[]> => {
    const check = checks.get(channel)
    if (!check) return []
    try {
      return await check({ settings, secrets }, AbortSignal.any([signal, AbortSignal.timeout(checkMsMax)]))
    } catch (error) {
      core.logger.warn({ err: error, channel }, 'what was entered for a channel could not be tried')
      throw new AppError('channel_unreachable', { channel }, { cause: error })
    }
  }
  const owner = (scope: WorkspaceScope, senderId: SenderId) => ({ workspaceId: scope.workspaceId, senderId })
  return {
    check: (channel, settings, secrets, signal) =>
      tryOut(channel, settings, secretsOf(channel, secrets), signal),
    checkKept: tryOut,
    require: async (channel, settings, given, known = {}) => {
      const secrets = { ...known, ...secretsOf(channel, given) }
      requireComplete(channel, settings, secrets)
      const tried = await tryOut(channel, settings, secrets, new AbortController().signal)
      const problems = tried
        .filter(({ state }) => state === 'wrong')
        .map((wrong) => toProblem(channel, wrong))
      if (problems.length > 0) throw new AppError('validation_failed', { problems })
      return secrets
    },
    read: (scope, senderId) => credentials.readSecrets(scope, owner(scope, senderId)),
    save: (scope, senderId, secrets) => credentials.saveSecrets(scope, owner(scope, senderId), secrets),
  }
}

function requireComplete(channel: ChannelKind, settings: SenderSettings, secrets: Secrets): void {
  if (!asksAccess(channel)) return
  const hasSettings = settings[channel] !== undefined
  const problems: FieldProblem[] = [
    ...(hasSettings ? [] : [{ path: `settings.${channel}`, message: 'is needed for this channel' }]),
    ...channelAccess[channel].secrets
      .filter((name) => secrets[name] === undefined)
      .map((name) => ({ path: `secrets.${channel}.${name}`, message: 'is needed for this channel' })),
  ]
  if (problems.length > 0) throw new AppError('validation_failed', { problems })
}

const secretNames = new Set<string>(Object.values(channelAccess).flatMap(({ secrets }) => secrets))

function toProblem(channel: ChannelKind, { field, problem }: AccessCheck): FieldProblem {
  const place = secretNames.has(field) ? 'secrets' : 'settings'
  return {
    path: `${place}.${channel}.${field}`,
    message: 'does not open this account',
    ...(problem ? { code: problem } : {}),
  }
}

/** The channel's own name of a number; nobody else in the installation may connect the same. */
export function accountOf(channel: ChannelKind, settings: SenderSettings): string | null {
  if (channel === 'cloud_api') return settings.cloud_api?.phoneNumberId ?? null
  if (channel !== 'waha' || !settings.waha) return null
  return `${settings.waha.baseUrl}#${settings.waha.session}`
}

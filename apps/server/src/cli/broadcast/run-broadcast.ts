import type { Campaign, CampaignFigures } from '@siar/contract'
import { campaignSources } from '@siar/domain'
import type { CampaignStatus } from '@siar/domain'
import { constants, createWriteStream } from 'node:fs'
import { access, appendFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import type { Services } from '../../wiring/build-services.ts'
import { UsageError } from '../usage-error.ts'
import { chooseSender } from './choose-sender.ts'
import { chooseWorkspace } from './choose-workspace.ts'
import { followCampaign } from './follow.ts'
import { writeLog } from './log-file.ts'
import type { BroadcastOptions } from './options.ts'
import { checkFile, draftCampaign, importPeople, makeTemplate } from './prepare.ts'
import type { Broadcast, Imported } from './prepare.ts'
import type { Screen } from './screen.ts'
import { isExplained, summarise } from './summary.ts'
import type { Summary } from './summary.ts'

export interface Result {
  readonly summary: Summary
  /** True when every row is explained and nothing was stopped. */
  readonly complete: boolean
}

/** How long a stopped broadcast waits for what is in flight. */
const STOP_WITHIN_MS = 5_000

const isOpen = (status: CampaignStatus): boolean => campaignSources('cancelled').includes(status)

const nothing: CampaignFigures = {
  total: 0,
  queued: 0,
  skipped: 0,
  sent: 0,
  delivered: 0,
  read: 0,
  replied: 0,
  clicked: 0,
  failed: 0,
  unknown: 0,
  cancelled: 0,
}

/**
 * Imports, shows the forecast, asks, sends, waits, and writes the log: the whole of `siar broadcast`.
 *
 * @param stopped Aborted when the person presses Ctrl-C: who was not reached yet is cancelled.
 * @throws UsageError for what the caller can mend; nothing was sent then.
 */
export async function runBroadcast(
  core: Core,
  services: Services,
  options: BroadcastOptions,
  screen: Screen,
  stopped: AbortSignal,
): Promise<Result> {
  const broadcast = await prepare(core, services, options, screen, stopped)
  const templateId = await makeTemplate(broadcast)
  const imported = await importPeople(broadcast)
  await writeRejects(broadcast, imported, screen)
  screen.say(`${imported.valid} valid numbers, ${imported.duplicates} twice, ${imported.invalid} invalid.`)
  if (stopped.aborted) return unsent(imported, false)
  if (imported.valid === 0) return unsent(imported, true)
  return send(broadcast, imported, templateId, screen)
}

/** Nothing was sent to anybody. */
const unsent = (imported: Imported, complete: boolean): Result => ({
  summary: summarise(imported, { ...nothing, skipped: imported.valid }),
  complete,
})

async function prepare(
  core: Core,
  services: Services,
  options: BroadcastOptions,
  screen: Screen,
  stopped: AbortSignal,
): Promise<Broadcast> {
  await checkFile(options.file)
  await checkWritable('the log', options.log, appendFile(options.log, ''))
  await checkWritable(
    'the file of rejected rows',
    options.rejects,
    access(dirname(options.rejects), constants.W_OK),
  )
  const { id: workspaceId } = await chooseWorkspace(core, options.workspace)
  const consent =
    options.consent?.trim() || (await screen.ask('How did these people agree to get your messages?')).trim()
  if (consent.length < 3) throw new UsageError('without their consent these people cannot be written to')
  const at = core.now().toISOString().slice(0, 23).replace('T', ' ')
  const name = options.name ?? `CLI ${at}`
  const ownName = options.name === undefined ? name : `${name} ${at}`
  return { services, options, workspaceId, actor: systemActor('cli'), consent, name, ownName, stopped }
}

/** @throws UsageError before anything is sent, not when the report of it is to be written. */
async function checkWritable(what: string, path: string, tried: Promise<void>): Promise<void> {
  await tried.catch((error: unknown) => {
    throw new UsageError(`${what} ${path} cannot be written: ${(error as Error).message}`)
  })
}

async function send(
  broadcast: Broadcast,
  imported: Imported,
  templateId: string,
  screen: Screen,
): Promise<Result> {
  const { services, options, workspaceId, actor, stopped } = broadcast
  const sender = await chooseSender(services, { workspaceId, actor, via: options.via })
  const campaign = await draftCampaign(broadcast, { listId: imported.listId, templateId, sender })
  const forecast = await services.forecast.forecast(workspaceId, campaign.id, 'en')
  screen.showForecast(forecast)
  const blockers = forecast.blockers.filter(({ code }) => code !== 'campaign_no_recipients')
  if (blockers.length > 0) throw new UsageError(blockers.map(({ message }) => message).join('\n'))
  if (forecast.recipients === 0) return unsent(imported, true)
  if (
    !options.yes &&
    !/^y(es)?$/i.test(await screen.ask(`Send to ${forecast.recipients} people now? (yes/no)`))
  ) {
    return unsent(imported, false)
  }
  if (stopped.aborted) return unsent(imported, false)
  await services.start.start(workspaceId, actor, campaign.id)
  const show = (now: Campaign): void => screen.showProgress(now)
  let ended = await followCampaign(broadcast, campaign.id, show, stopped)
  if (stopped.aborted && isOpen(ended.status)) {
    await services.control.cancel(workspaceId, actor, campaign.id)
    ended = await followCampaign(broadcast, campaign.id, show, AbortSignal.timeout(STOP_WITHIN_MS))
  }
  screen.endProgress()
  await writeLog(services, workspaceId, campaign.id, 'en', options.log)
  if (ended.status !== 'completed')
    screen.say(`The campaign is ${ended.status}: ${ended.statusReason ?? 'stopped'}`)
  const summary = summarise(imported, ended.figures)
  return { summary, complete: ended.status === 'completed' && isExplained(summary) }
}

/** Rows that made no contact, with their reasons, beside the log. */
async function writeRejects(
  { services, options, workspaceId }: Broadcast,
  imported: Imported,
  screen: Screen,
) {
  if (imported.duplicates + imported.invalid === 0) return
  await pipeline(
    await services.imports.rejects(workspaceId, imported.importId, 'en'),
    createWriteStream(options.rejects),
  )
  screen.say(`Rejected rows and their reasons are in ${options.rejects}.`)
}

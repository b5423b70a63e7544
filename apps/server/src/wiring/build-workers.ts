import { whenReachable, withSystem } from '@siar/database'
import { randomUUID } from 'node:crypto'
import type { Core } from '../core.ts'
import {
  campaignJobs,
  experimentJobs,
  scheduleCampaignJobs,
  scheduleExperimentJobs,
} from '../features/campaigns/index.ts'
import { mergeJobs, scheduleMergeJobs } from '../features/contacts/index.ts'
import { createEgressOf, egressJobs, scheduleEgressJobs } from '../features/egress/index.ts'
import { importJobBindings, scheduleImportJobs } from '../features/imports/index.ts'
import { createRestoreGuard } from '../features/operations/index.ts'
import { createRetention, retentionJobs, scheduleRetention } from '../features/retention/index.ts'
import { createSenderCredentials, createSessionManager } from '../features/senders/index.ts'
import { createSending, scheduleAnswers, scheduleGuard } from '../features/sending/index.ts'
import { approvalJobs, scheduleApprovals } from '../features/templates/index.ts'
import { erasureJobs, scheduleErasure } from '../features/workspaces/index.ts'
import type { JobBinding } from '../jobs/job-queue.ts'
import type { RunningCore } from './build-core.ts'
import type { Services } from './build-services.ts'
import { buildChannels } from './channels.ts'
import type { ChannelSet } from './channels.ts'

/** Jobs, sessions and lanes of this process. */
export interface Workers {
  start(): Promise<void>
  /** Finishes what is in flight, then gives the senders to other processes. */
  stop(): Promise<void>
}

export function buildWorkers(
  { core, openDatabase }: RunningCore,
  services: Services,
  role: string,
  { channels, simulator, close }: ChannelSet = buildChannels(core.config),
): Workers {
  const beats = openDatabase(1)
  const restores = createRestoreGuard(core, services.mailer)
  const { approvals, control, consent, mailer } = services
  const sending = createSending(core, { control, ledger: consent.ledger, mailer })
  const sessions = createSessionManager({
    core,
    processId: randomUUID(),
    role,
    channels,
    credentials: createSenderCredentials(core),
    egressOf: createEgressOf(core),
    beatInSystem: (run) => withSystem(beats, run),
    onEvents: async (sender, events) => {
      await approvals.sync.take(
        sender,
        events.filter((event) => event.type === 'template'),
      )
      await sending.forwardEvents(sender, events)
    },
    onSenderBanned: sending.onSenderBanned,
    scan: (senderId, data) => simulator.control.scan(senderId, data),
    monotonicMs: () => performance.now(),
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  })
  return {
    start: async () => {
      await restores.check()
      restores.watch()
      sending.start(sessions)
      services.testSend.attach(sending.sendSingle)
      approvals.attach(sending.haltForTemplate)
      await sessions.start()
      await startJobs(core, services, sending.jobs)
    },
    stop: async () => {
      await restores.stop()
      await sending.stop()
      await sessions.stop()
      await close()
      await beats.close()
    },
  }
}

async function startJobs(core: Core, services: Services, sendingJobs: readonly JobBinding[]): Promise<void> {
  await core.jobs.work([
    ...services.mailer.jobs,
    ...erasureJobs(core),
    ...retentionJobs(createRetention(core)),
    ...mergeJobs(core, services.contacts),
    ...importJobBindings(services.imports),
    ...experimentJobs(services.experiments),
    ...campaignJobs(services.start, services.control),
    ...approvalJobs(services.approvals.sync),
    ...egressJobs(services.proxyChecker),
    ...sendingJobs,
  ])
  for (const plan of [
    () => services.mailer.schedule(),
    () => scheduleErasure(core),
    () => scheduleRetention(core.jobs),
    () => scheduleCampaignJobs(core.jobs),
    () => scheduleGuard(core.jobs),
    () => scheduleAnswers(core.jobs),
    () => scheduleApprovals(core.jobs),
    () => scheduleExperimentJobs(core.jobs),
    () => scheduleMergeJobs(core.jobs),
    () => scheduleImportJobs(core.jobs),
    () => scheduleEgressJobs(core.jobs),
    () => services.imports.resumeImports(),
  ]) {
    await whenReachable<unknown>(plan)
  }
}

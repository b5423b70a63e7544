import { createTransport } from 'nodemailer'
import type { Transporter } from 'nodemailer'
import { z } from 'zod'
import type { Core } from '../core.ts'
import { bindJob, defineJob } from '../jobs/job-queue.ts'
import type { JobBinding } from '../jobs/job-queue.ts'
import { layOutMail } from './mail-layout.ts'
import type { MailContent } from './mail-layout.ts'
import {
  deleteMail,
  deleteMailsBefore,
  findMail,
  insertMail,
  listMailIdsBetween,
  listMails,
} from './outbox.repo.ts'
import type { OutboxRow } from './outbox.repo.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Sends one mail of the outbox and takes it out; a mail that is gone was sent. */
const sendMail = defineJob({
  name: 'mail.send',
  payload: z.object({ mailId: z.string() }),
  attemptsMax: 6,
  backoffMs: 30_000,
  duration: 'short',
})

/** Finds mails whose job was lost, and forgets old ones. */
const sweepMails = defineJob({
  name: 'mail.sweep',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: minuteMs,
  duration: 'short',
})

/** Takes mails of this installation. Addresses and texts never reach the log. */
export interface Mailer {
  /** True when mails leave this machine by SMTP; otherwise they wait in the outbox page of the platform admin. */
  readonly delivers: boolean
  /**
   * Resolves when the mail is kept; sending is a job with retries, so a dead mail server fails nobody's request.
   * Call it outside of a transaction.
   */
  post(to: string, content: MailContent): Promise<void>
  /** Mails that wait, newest first; with SMTP those that could not be sent yet. */
  listOutbox(page: { before: { at: Date; id: string } | null; limit: number }): Promise<OutboxRow[]>
  readonly jobs: readonly JobBinding[]
  /** Starts the regular sweep. */
  schedule(): Promise<void>
  close(): void
}

export function createMailer(core: Core): Mailer {
  const { smtpUrl } = core.config
  const transport = smtpUrl === null ? null : createTransport(smtpUrl)
  return {
    delivers: transport !== null,
    post: async (to, content) => {
      const mailId = core.newId('mal')
      await core.inSystem((scope) => insertMail(scope, mailId, layOutMail(to, content), core.now()))
      if (transport) await core.jobs.add(sendMail, { mailId }, { id: jobId(mailId) })
    },
    listOutbox: (page) => core.inSystem((scope) => listMails(scope, page)),
    jobs: [
      bindJob(sendMail, ({ mailId }) => deliver(core, transport, mailId)),
      bindJob(sweepMails, () => sweep(core, transport !== null)),
    ],
    schedule: () => core.jobs.every(sweepMails, {}, 5 * minuteMs),
    close: () => transport?.close(),
  }
}

const jobId = (mailId: string): string => `mail-${mailId}`

/** A crash between the hand-over and the delete sends a mail twice; none is lost. */
async function deliver(core: Core, transport: Transporter | null, mailId: string): Promise<void> {
  const mail = await core.inSystem((scope) => findMail(scope, mailId))
  if (!mail || !transport) return
  const { to, subject, text, html } = mail
  const sent = transport.sendMail({ from: core.config.mailFrom, to, subject, text, html })
  const problem = await sent.then(() => null, describe)
  if (problem !== null) throw new Error(`mail ${mailId} was not taken: ${problem}`)
  await core.inSystem((scope) => deleteMail(scope, mailId))
}

/** The code and the server's number only: its sentence often repeats the address. */
function describe(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown reason'
}

async function sweep(core: Core, delivers: boolean): Promise<void> {
  const nowMs = core.now().getTime()
  await core.inSystem((scope) => deleteMailsBefore(scope, new Date(nowMs - 30 * dayMs)))
  if (!delivers) return
  const from = new Date(nowMs - dayMs)
  const to = new Date(nowMs - 5 * minuteMs)
  const waiting = await core.inSystem((scope) => listMailIdsBetween(scope, from, to))
  for (const mailId of waiting) await core.jobs.add(sendMail, { mailId }, { id: jobId(mailId) })
}

import { testDatabase } from '@siar/test-kit'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../testing/test-core.ts'
import { createMailer } from './mailer.ts'
import { invitationText, resetPasswordText } from './mail-texts.ts'

const database = await testDatabase()
const received: { to: string[]; source: string }[] = []
let refusing = false

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      if (refusing) return done(Object.assign(new Error('try later'), { responseCode: 451 }))
      const to = session.envelope.rcptTo.map(({ address }) => address)
      received.push({ to, source: Buffer.concat(chunks).toString('utf8') })
      done()
    })
  },
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))

beforeEach(async () => {
  received.length = 0
  refusing = false
  await database.pool.query('delete from outbox_mails')
})

const reset = resetPasswordText({
  language: 'en',
  productName: 'Siar',
  name: 'Sari',
  url: 'http://localhost:3000/reset-password?token=t0k&a=1',
})
const page = { before: null, limit: 10 }

function build(smtp: string | null) {
  const core = createTestCore(database, { config: { smtpUrl: smtp } })
  const mailer = createMailer(core)
  return { core, mailer, work: () => core.jobs.work(mailer.jobs) }
}

test('with SMTP a mail arrives once, with its link in text and HTML, and leaves the outbox', async () => {
  const { core, mailer, work } = build(smtpUrl)
  await work()
  await mailer.post('sari@example.com', reset)
  await core.jobs.drain()
  expect(received).toHaveLength(1)
  expect(received[0]?.to).toEqual(['sari@example.com'])
  const source = received[0]?.source.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? ''
  expect(source).toContain('Subject: Reset your Siar password')
  expect(source).toContain('http://localhost:3000/reset-password?token=t0k&a=1')
  expect(source).toContain('href="http://localhost:3000/reset-password?token=t0k&amp;a=1"')
  expect(await mailer.listOutbox(page)).toEqual([])
  mailer.close()
})

test('a mail the server refused stays in the outbox and goes out with the next try', async () => {
  const { core, mailer, work } = build(smtpUrl)
  await work()
  refusing = true
  await mailer.post('sari@example.com', reset)
  await expect(core.jobs.drain()).rejects.toThrow(/^mail mal_\w+ was not taken: EMESSAGE 451$/)
  expect(await mailer.listOutbox(page)).toHaveLength(1)
  refusing = false
  await core.clock.advanceBy(6 * 60_000)
  await mailer.schedule()
  await core.jobs.tick()
  await core.jobs.drain()
  expect(received).toHaveLength(1)
  expect(await mailer.listOutbox(page)).toEqual([])
  mailer.close()
})

test('without SMTP mails are kept for the admin, newest first, for thirty days', async () => {
  const { core, mailer, work } = build(null)
  await work()
  await mailer.post('a@example.com', reset)
  await core.clock.advanceBy(1000)
  await mailer.post('b@example.com', reset)
  expect(mailer.delivers).toBe(false)
  expect(core.jobs.waiting).toEqual([])
  const kept = await mailer.listOutbox(page)
  expect(kept.map((mail) => mail.to)).toEqual(['b@example.com', 'a@example.com'])
  await core.clock.advanceBy(31 * 24 * 3_600_000)
  await mailer.schedule()
  await core.jobs.tick()
  expect(await mailer.listOutbox(page)).toEqual([])
})

test('a name with markup or line breaks changes neither the HTML nor the headers', async () => {
  const { mailer } = build(null)
  const content = invitationText({
    language: 'id',
    productName: 'Siar',
    inviterName: '<img src=x onerror=alert(1)>',
    workspaceName: 'Toko\r\nBcc: semua@example.com',
    role: 'operator',
    url: 'http://localhost/"><script>',
  })
  await mailer.post('a@example.com', content)
  const [mail] = await mailer.listOutbox(page)
  expect(mail?.html).not.toMatch(/<img|<script/)
  expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(mail?.subject).toBe('Undangan ke Toko Bcc: semua@example.com di Siar')
})

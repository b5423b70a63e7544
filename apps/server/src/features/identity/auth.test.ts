import { testDatabase } from '@siar/test-kit'
import { createOTP } from '@better-auth/utils/otp'
import { expect, test } from 'vitest'
import { writeAudit } from '../audit/index.ts'
import { authDoors } from './auth-doors.ts'
import { buildIdentity, password } from './identity.fixtures.ts'
import { writePlatformSettings } from './platform-settings.ts'

const database = await testDatabase()
const page = { before: null, limit: 50 }
const build = (config = {}) => buildIdentity(database, { config })

const openSignUp = (identity: ReturnType<typeof build>, signUpOpen: boolean) =>
  identity.core.inSystem((scope) => writePlatformSettings(scope, { signUpOpen }, identity.core.now()))

/** The newest mail to an address, and the link in it. */
async function readMail({ mailer }: ReturnType<typeof build>, to: string) {
  const mail = (await mailer.listOutbox(page)).find((one) => one.to === to)
  return { subject: mail?.subject, link: new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none') }
}

test('a person signs in with the password, is known by the cookie, and signs out', async () => {
  const { auth, addUser, signIn } = build()
  const { email, userId } = await addUser()
  const browser = await signIn(email)
  expect(await auth.findLogin(browser.headers())).toMatchObject({ userId, email, isPlatformAdmin: false })
  const before = browser.headers()
  expect((await browser.post('/sign-out')).status).toBe(200)
  expect(await auth.findLogin(before)).toBeNull()
})

test('a wrong password and an unknown address get the same answer', async () => {
  const { addUser, browse } = build()
  const { email } = await addUser()
  const wrong = await browse().post('/sign-in/email', { email, password: 'not the password' })
  const unknown = await browse().post('/sign-in/email', { email: 'nobody@example.com', password })
  expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body])
  expect(wrong.status).toBe(401)
})

test('the sixth try to sign in within a minute is refused, for that address only', async () => {
  const { addUser, browse } = build()
  const { email } = await addUser()
  const browser = browse()
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1) {
    statuses.push((await browser.post('/sign-in/email', { email, password: 'wrong wrong' })).status)
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  expect((await browse().post('/sign-in/email', { email, password })).status).toBe(200)
})

test('sign-up is closed until the admin opens it', async () => {
  const identity = build()
  const fresh = { name: 'Budi', email: 'budi@example.com', password, language: 'en' }
  const closed = await identity.browse().post('/sign-up/email', fresh)
  expect([closed.status, closed.body['code']]).toEqual([403, 'SIGN_UP_CLOSED'])
  await openSignUp(identity, true)
  const opened = await identity.browse().post('/sign-up/email', fresh)
  expect(opened.status).toBe(200)
  const { rows } = await database.pool.query('select id, language, role from users where email = $1', [
    fresh.email,
  ])
  expect(rows).toEqual([{ id: expect.stringMatching(/^usr_[0-9a-f]{32}$/), language: 'en', role: null }])
  await openSignUp(identity, false)
})

test('a sign-up cannot give itself a role, and needs ten characters of password', async () => {
  const identity = build()
  await openSignUp(identity, true)
  const fresh = { name: 'Eka', email: 'eka@example.com', password }
  for (const extra of [
    { role: 'admin' },
    { banned: true },
    { emailVerified: true },
    { password: 'short' },
    { name: ' ' },
  ]) {
    const answer = await identity.browse().post('/sign-up/email', { ...fresh, ...extra })
    const { rows } = await database.pool.query(
      'select role, banned, email_verified from users where email = $1',
      [fresh.email],
    )
    if (answer.status === 200) expect(rows).toEqual([{ role: null, banned: false, email_verified: false }])
    else expect([answer.status, rows]).toEqual([400, []])
    await database.pool.query('delete from users where email = $1', [fresh.email])
  }
  await openSignUp(identity, false)
})

test('of two sign-ups at once with one address one wins and the other is told 409', async () => {
  const identity = build()
  await openSignUp(identity, true)
  const fresh = { name: 'Dewi', email: 'dewi@example.com', password }
  const answers = await Promise.all([1, 2, 3].map(() => identity.browse().post('/sign-up/email', fresh)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect((await identity.browse().post('/sign-up/email', fresh)).status).toBe(409)
  const { rows } = await database.pool.query(
    'select count(*)::int from login_accounts a join users u on u.id = a.user_id where u.email = $1',
    [fresh.email],
  )
  expect(rows).toEqual([{ count: 1 }])
  await openSignUp(identity, false)
})

test('with SMTP an address must be proved before the first sign-in, by the link in the mail', async () => {
  const identity = build({ smtpUrl: 'smtp://127.0.0.1:9' })
  await openSignUp(identity, true)
  const fresh = { name: 'Tono', email: 'tono@example.com', password }
  const browser = identity.browse()
  expect((await browser.post('/sign-up/email', fresh)).status).toBe(200)
  const refused = await browser.post('/sign-in/email', fresh)
  expect([refused.status, refused.body['code']]).toEqual([403, 'EMAIL_NOT_VERIFIED'])
  const { link, subject } = await readMail(identity, fresh.email)
  expect(subject).toBe('Verifikasi email Anda di Siar')
  expect((await browser.get(`${link.pathname.replace('/api/auth', '')}${link.search}`)).status).toBe(302)
  expect(await identity.auth.findLogin(browser.headers())).toMatchObject({ email: fresh.email })
  await openSignUp(identity, false)
})

test('with SMTP a sign-up with a taken address looks like any other, and its owner gets a mail', async () => {
  const identity = build({ smtpUrl: 'smtp://127.0.0.1:9' })
  await openSignUp(identity, true)
  const { email } = await identity.addUser()
  const answer = await identity
    .browse()
    .post('/sign-up/email', { name: 'Thief', email, password: 'another password' })
  expect(answer.status).toBe(200)
  expect((await readMail(identity, email)).subject).toBe('You already have a Siar account')
  expect((await identity.browse().post('/sign-in/email', { email, password })).status).toBe(200)
  await openSignUp(identity, false)
})

test('a forgotten password is replaced once, by the link in the mail, and ends every session', async () => {
  const identity = build()
  const { email } = await identity.addUser()
  const elsewhere = await identity.signIn(email)
  const browser = identity.browse()
  const unknown = await browser.post('/request-password-reset', { email: 'nobody@example.com' })
  const known = await browser.post('/request-password-reset', { email })
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  const { link, subject } = await readMail(identity, email)
  expect([subject, link.pathname]).toEqual(['Reset your Siar password', '/reset-password'])
  const change = { token: link.searchParams.get('token'), newPassword: 'a new long password' }
  await identity.core.clock.advanceBy(1)
  expect((await browser.post('/reset-password', change)).status).toBe(200)
  expect((await browser.post('/reset-password', change)).status).toBe(400)
  expect(await identity.auth.findLogin(elsewhere.headers())).toBeNull()
  const again = await identity.browse().post('/sign-in/email', { email, password: change.newPassword })
  expect(again.status).toBe(200)
  expect((await readMail(identity, email)).subject).toBe('Your Siar password was changed')
})

test('two-factor: after switching it on the password alone signs nobody in, a backup code works once', async () => {
  const identity = build()
  const { email } = await identity.addUser()
  const browser = await identity.signIn(email)
  const enabled = await browser.post('/two-factor/enable', { password })
  const secret = new URL(String(enabled.body['totpURI'])).searchParams.get('secret') ?? ''
  const code = () => createOTP(fromBase32(secret)).totp()
  expect((await browser.post('/two-factor/verify-totp', { code: await code() })).status).toBe(200)

  const phone = identity.browse()
  const first = await phone.post('/sign-in/email', { email, password })
  expect(first.body).toMatchObject({ twoFactorRedirect: true })
  expect(await identity.auth.findLogin(phone.headers())).toBeNull()
  expect((await phone.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
  expect((await phone.post('/two-factor/verify-totp', { code: await code() })).status).toBe(200)
  expect(await identity.auth.findLogin(phone.headers())).toMatchObject({ email })

  const [backup] = enabled.body['backupCodes'] as string[]
  for (const status of [200, 401]) {
    const lost = identity.browse()
    await lost.post('/sign-in/email', { email, password })
    expect((await lost.post('/two-factor/verify-backup-code', { code: backup })).status).toBe(status)
  }
  const { rows } = await database.pool.query('select secret from two_factors')
  expect(rows[0].secret).not.toContain(secret)
})

test('only the open doors answer; members, keys and users cannot be changed around the permission table', async () => {
  const { addUser, signIn } = build()
  const { email } = await addUser({ isPlatformAdmin: true })
  const browser = await signIn(email)
  const shut = [
    '/organization/create',
    '/organization/invite-member',
    '/organization/update-member-role',
    '/organization/delete',
    '/api-key/create',
    '/api-key/verify',
    '/admin/set-role',
    '/admin/list-users',
    '/admin/impersonate-user',
    '/update-user',
    '/delete-user',
    '/change-email',
    '/list-sessions',
    '/update-session',
    '/sign-in/social',
    '/sign-in/email/',
    '//sign-in/email',
    '/../auth/update-user',
  ]
  for (const door of shut)
    expect([door, (await browser.post(door, { name: 'x' })).status]).toEqual([door, 404])
  expect([...authDoors].filter((door) => /organization|admin|api-key|delete|update/.test(door))).toEqual([])
})

test('a page of another origin cannot use the cookie', async () => {
  const { auth, addUser, signIn } = build()
  const { email } = await addUser()
  const browser = await signIn(email)
  const answer = await browser.post('/sign-out', {}, { origin: 'https://evil.example.com' })
  expect(answer.status).toBe(403)
  expect(await auth.findLogin(browser.headers())).not.toBeNull()
})

test('this machine is trusted under both its names', async () => {
  const { core, addUser, browse } = build()
  const { email } = await addUser()
  for (const host of ['localhost', '127.0.0.1']) {
    const headers = { origin: `http://${host}:${core.config.port}`, cookie: 'other=1' }
    expect((await browse().post('/sign-in/email', { email, password }, headers)).status).toBe(200)
  }
})

test('cookies are shut to scripts, and secure when the public address is', async () => {
  for (const [publicUrl, secure] of [
    ['http://localhost:3000', false],
    ['https://siar.example.com', true],
  ] as const) {
    const { addUser, browse } = build({ publicUrl })
    const { email } = await addUser()
    const { headers } = await browse().post('/sign-in/email', { email, password })
    const [cookie = ''] = headers.getSetCookie()
    expect(cookie).toMatch(/^(__Secure-)?siar\.session_token=/)
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=Lax/i)
    expect(/; Secure/i.test(cookie)).toBe(secure)
  }
})

test('signing in and changing the password are in the audit log; nothing personal reaches the program log', async () => {
  const lines: string[] = []
  const { pino } = await import('pino')
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const identity = buildIdentity(database, { edges: { logger } })
  const { core } = identity
  const { email } = await identity.addUser()
  const browser = await identity.signIn(email)
  const change = {
    currentPassword: password,
    newPassword: 'another long password',
    revokeOtherSessions: true,
  }
  expect((await browser.post('/change-password', change)).status).toBe(200)
  await browser.post('/sign-in/email', { email, password }, { origin: 'https://evil.example.com/?t=secret' })
  await browser.post('/request-password-reset', { email: 'nobody@example.com' })
  expect(core.audits.map(({ action }) => action)).toEqual(['login.sign_in', 'user.change_password'])
  expect(lines.join('')).not.toMatch(/@example\.com|secret|password\b.*battery/)
})

test('the audit lines of sign-in reach the table of the installation', async () => {
  const identity = buildIdentity(database)
  const { core } = identity
  const written = buildIdentity(database, {
    edges: { audit: (scope, record) => writeAudit(core, scope, record) },
  })
  const { email, userId } = await written.addUser()
  await written.signIn(email)
  const { rows } = await database.pool.query(
    'select workspace_id, action from audit_log where actor_id = $1',
    [userId],
  )
  expect(rows).toEqual([{ workspace_id: null, action: 'login.sign_in' }])
})

function fromBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = ''
  for (const letter of text.replace(/=+$/, '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0')
  const bytes = bits.match(/.{8}/g) ?? []
  return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 2)))
}

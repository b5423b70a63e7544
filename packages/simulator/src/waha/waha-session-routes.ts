import { findSession, nameIn, sessionIn } from './waha-call.ts'
import type { WahaAnswer, WahaCall, WahaHandler } from './waha-call.ts'
import { parseConfig } from './waha-config.ts'
import type { WahaBehaviour } from './waha-options.ts'
import { problem, wrongStatus } from './waha-problem.ts'
import type { WahaSession } from './waha-session.ts'

function present(session: WahaSession, { engine }: WahaBehaviour): object {
  const { name, status, config, me } = session
  return { name, status, config, me, engine: { engine }, presence: null, timestamps: { activity: null } }
}

/** Changes a session and answers what it then is. */
function change(act: (session: WahaSession) => void): WahaHandler {
  return (call) => {
    const session = findSession(call)
    act(session)
    return { status: 201, body: present(session, call.world.behaviour) }
  }
}

function createSession({ world, body }: WahaCall): WahaAnswer {
  const name = body['name'] ?? `session_${world.sessions.size + 1}`
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw problem(400, ['name must match ^[a-zA-Z0-9_-]*$'])
  }
  if (world.sessions.has(name)) throw problem(422, `Session '${name}' already exists. Use PUT to update it.`)
  const session = world.build(name, parseConfig(body['config']))
  world.sessions.set(name, session)
  if (body['start'] !== false) session.start()
  return { status: 201, body: present(session, world.behaviour) }
}

function updateSession(call: WahaCall): WahaAnswer {
  const session = findSession(call)
  const config = parseConfig(call.body['config'])
  const isRunning = session.status !== 'STOPPED'
  session.stop()
  session.config = config
  if (isRunning) session.start()
  return { status: 200, body: present(session, call.world.behaviour) }
}

function removeSession(call: WahaCall): WahaAnswer {
  const session = call.world.sessions.get(nameIn(call))
  session?.logOut()
  call.world.sessions.delete(nameIn(call))
  return { status: 200 }
}

async function showQr(call: WahaCall): Promise<WahaAnswer> {
  const session = await sessionIn(call, ['SCAN_QR_CODE'])
  if (call.query.get('format') !== 'raw')
    throw problem(422, 'The simulator draws no pictures: ask with format=raw')
  return { status: 200, body: { value: session.qr } }
}

async function requestCode(call: WahaCall): Promise<WahaAnswer> {
  const session = await sessionIn(call, ['SCAN_QR_CODE'])
  const { phoneNumber } = call.body
  if (typeof phoneNumber !== 'string' || !/^\d{7,15}$/.test(phoneNumber)) {
    throw problem(400, ['phoneNumber must be a number in international format'])
  }
  const code = session.network?.requestCode(`+${phoneNumber}`) ?? null
  if (code === null) throw wrongStatus(session.name, session.status, ['SCAN_QR_CODE'])
  return { status: 201, body: { code } }
}

function listSessions({ world, query }: WahaCall): WahaAnswer {
  const all = [...world.sessions.values()]
  const shown = query.get('all') === 'true' ? all : all.filter(({ status }) => status !== 'STOPPED')
  return { status: 200, body: shown.map((session) => present(session, world.behaviour)) }
}

/** Sessions and how they are linked. */
export const sessionRoutes: Readonly<Record<string, WahaHandler>> = {
  'GET /api/sessions': listSessions,
  'POST /api/sessions': createSession,
  'GET /api/sessions/:session': (call) => ({
    status: 200,
    body: present(findSession(call), call.world.behaviour),
  }),
  'PUT /api/sessions/:session': updateSession,
  'DELETE /api/sessions/:session': removeSession,
  'GET /api/sessions/:session/me': (call) => ({ status: 200, body: findSession(call).me }),
  'POST /api/sessions/:session/start': change((session) => session.start()),
  'POST /api/sessions/:session/stop': change((session) => session.stop()),
  'POST /api/sessions/:session/restart': change((session) => {
    session.stop()
    session.start()
  }),
  'POST /api/sessions/:session/logout': change((session) => {
    const isRunning = session.status !== 'STOPPED'
    session.logOut()
    if (isRunning) session.start()
  }),
  'GET /api/:session/auth/qr': showQr,
  'POST /api/:session/auth/request-code': requestCode,
}

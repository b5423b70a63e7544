import { personIn, sessionIn, workingNetwork } from './waha-call.ts'
import type { WahaAnswer, WahaCall, WahaHandler } from './waha-call.ts'
import { problem } from './waha-problem.ts'
import { sendBy } from './waha-send.ts'
import type { WahaSendKind } from './waha-send.ts'

function send(kind: WahaSendKind): WahaHandler {
  return async (call) => {
    const { network, behaviour } = call.world
    const session = await sessionIn(call, ['WORKING'])
    const answer = await sendBy(session, behaviour, kind, call.body, network.clock.nowMs, call.signal)
    return answer && { status: 201, body: answer }
  }
}

/** Typing and reading are shown to a person the chat names; nothing is answered. */
function show(what: 'typing' | 'read' | 'nothing'): WahaHandler {
  return async (call) => {
    const network = await workingNetwork(call)
    personIn(call.body['chatId'])
    if (what === 'typing') network.showTyping()
    if (what === 'read') network.markRead()
    return { status: 201 }
  }
}

async function showFile(call: WahaCall): Promise<WahaAnswer> {
  const session = call.world.sessions.get(call.parts[0] ?? '')
  const ref = (call.parts[1] ?? '').replace(/\.\w+$/, '')
  const file = session?.network?.download(ref) ?? null
  if (file === null) throw problem(404, 'File not found')
  return { file: file.data, mimeType: file.mimeType }
}

export const messageRoutes: Readonly<Record<string, WahaHandler>> = {
  'POST /api/sendText': send('text'),
  'POST /api/sendImage': send('image'),
  'POST /api/sendVideo': send('video'),
  'POST /api/sendVoice': send('voice'),
  'POST /api/sendFile': send('file'),
  'POST /api/sendSeen': show('read'),
  'POST /api/startTyping': show('typing'),
  'POST /api/stopTyping': show('nothing'),
  'GET /api/files/:session/:file': showFile,
}

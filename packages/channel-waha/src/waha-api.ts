import type { z } from 'zod'
import type { HttpAnswer, HttpCaller, HttpRequest } from './http-caller.ts'
import {
  ContactInfo,
  GroupInfo,
  LidMapping,
  NumberExists,
  Participant,
  QrValue,
  SessionInfo,
  TypedCode,
} from './waha-shapes.ts'

/** An answer that is not what was asked for. The message holds neither address nor body. */
export class AnswerRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`The WAHA server answered with status ${status}`)
    this.name = 'AnswerRefused'
    this.status = status
  }
}

export type SendPath = 'sendText' | 'sendImage' | 'sendVideo' | 'sendVoice' | 'sendFile'

/**
 * The calls of one session on one WAHA server.
 *
 * Look-ups reject with `CallFailed` without an answer and with `AnswerRefused` for any other than the expected one.
 */
export interface WahaApi {
  /** Null where WAHA itself says that there is no such session; a gateway in front of it may answer 404 as well. */
  findSession(): Promise<SessionInfo | null>
  createSession(config: unknown): Promise<void>
  updateSession(config: unknown): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
  restart(): Promise<void>
  logOut(): Promise<void>
  removeSession(): Promise<void>
  /** The text to draw as a QR code. */
  qr(): Promise<string>
  requestCode(phone: string): Promise<string>
  /** The raw answer of a send, whatever its status. */
  send(path: SendPath, body: object, timeoutMs: number, signal?: AbortSignal): Promise<HttpAnswer>
  act(path: 'startTyping' | 'stopTyping' | 'sendSeen', body: object): Promise<void>
  exists(phone: string, signal?: AbortSignal): Promise<z.infer<typeof NumberExists>>
  phoneOfLid(lid: string, signal?: AbortSignal): Promise<string | null>
  lidOfPhone(phone: string, signal?: AbortSignal): Promise<string | null>
  groups(signal?: AbortSignal): Promise<readonly z.infer<typeof GroupInfo>[]>
  participants(groupId: string, signal?: AbortSignal): Promise<readonly z.infer<typeof Participant>[]>
  contacts(signal?: AbortSignal): Promise<readonly z.infer<typeof ContactInfo>[]>
  /** The raw answer for a file that came in. `answer_too_long` where it has more than `bytesMax`. */
  file(path: string, bytesMax: number, signal?: AbortSignal): Promise<HttpAnswer>
}

const callMs = 20_000
const fileMs = 120_000
const answerBytesMax = 1_000_000
const listBytesMax = 30_000_000
const pageSize = 500
const peopleMax = 50_000

export function parseBody(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    return null
  }
}

function isTaken({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300
}

function read<T>(answer: HttpAnswer, shape: z.ZodType<T>): T {
  if (!isTaken(answer)) throw new AnswerRefused(answer.status)
  const parsed = shape.safeParse(parseBody(answer))
  if (!parsed.success) throw new AnswerRefused(answer.status)
  return parsed.data
}

/** Engines answer lists as arrays or as objects by id; entries nobody can read are left out. */
function readList<T>(answer: HttpAnswer, shape: z.ZodType<T>): T[] {
  if (!isTaken(answer)) throw new AnswerRefused(answer.status)
  const body = parseBody(answer)
  if (typeof body !== 'object' || body === null) throw new AnswerRefused(answer.status)
  return Object.values(body).flatMap((entry) => {
    const parsed = shape.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}

/** Pages until one comes back short; versions that know no pages answer all at once, and then the next is the same. */
async function readPages<T extends { readonly id: string }>(
  fetchPage: (offset: number) => Promise<T[]>,
): Promise<T[]> {
  const found = new Map<string, T>()
  for (let offset = 0; offset < peopleMax; offset += pageSize) {
    const page = await fetchPage(offset)
    const sizeBefore = found.size
    for (const entry of page) found.set(entry.id, entry)
    if (page.length !== pageSize || found.size === sizeBefore) break
  }
  return [...found.values()]
}

export function createWahaApi(http: HttpCaller, session: string): WahaApi {
  const own = `/api/${encodeURIComponent(session)}`
  const sessions = `/api/sessions/${encodeURIComponent(session)}`
  const ask = (
    method: HttpRequest['method'],
    path: string,
    more: Partial<Pick<HttpRequest, 'body' | 'signal' | 'bytesMax' | 'timeoutMs'>> = {},
  ): Promise<HttpAnswer> => http.call({ method, path, timeoutMs: callMs, bytesMax: answerBytesMax, ...more })
  const change = async (method: HttpRequest['method'], path: string, body?: unknown): Promise<void> => {
    const answer = await ask(method, path, body === undefined ? {} : { body })
    if (!isTaken(answer)) throw new AnswerRefused(answer.status)
  }
  const list = async <T>(path: string, shape: z.ZodType<T>, signal: AbortSignal | undefined): Promise<T[]> =>
    readList(await ask('GET', path, { signal, bytesMax: listBytesMax, timeoutMs: 60_000 }), shape)
  const escaped = encodeURIComponent
  return {
    findSession: async () => {
      const answer = await ask('GET', sessions)
      const isGone =
        answer.status === 404 && typeof parseBody(answer) === 'object' && parseBody(answer) !== null
      return isGone ? null : read(answer, SessionInfo)
    },
    createSession: (config) => change('POST', '/api/sessions', { name: session, start: true, config }),
    updateSession: (config) => change('PUT', sessions, { name: session, config }),
    start: () => change('POST', `${sessions}/start`),
    stop: () => change('POST', `${sessions}/stop`),
    restart: () => change('POST', `${sessions}/restart`),
    logOut: () => change('POST', `${sessions}/logout`),
    removeSession: () => change('DELETE', sessions),
    qr: async () => read(await ask('GET', `${own}/auth/qr?format=raw`), QrValue).value,
    requestCode: async (phone) => {
      const body = { phoneNumber: phone.replace('+', '') }
      return read(await ask('POST', `${own}/auth/request-code`, { body }), TypedCode).code
    },
    send: (path, body, timeoutMs, signal) =>
      ask('POST', `/api/${path}`, { body: { session, ...body }, timeoutMs, signal, bytesMax: listBytesMax }),
    act: (path, body) => change('POST', `/api/${path}`, { session, ...body }),
    exists: async (phone, signal) => {
      const query = `phone=${escaped(phone.replace('+', ''))}&session=${escaped(session)}`
      return read(await ask('GET', `/api/contacts/check-exists?${query}`, { signal }), NumberExists)
    },
    phoneOfLid: async (lid, signal) =>
      read(await ask('GET', `${own}/lids/${escaped(lid)}`, { signal }), LidMapping).pn,
    lidOfPhone: async (phone, signal) =>
      read(await ask('GET', `${own}/lids/pn/${escaped(phone.replace('+', ''))}`, { signal }), LidMapping).lid,
    groups: (signal) =>
      readPages((offset) => list(`${own}/groups?limit=${pageSize}&offset=${offset}`, GroupInfo, signal)),
    participants: (groupId, signal) =>
      list(`${own}/groups/${escaped(groupId)}/participants/v2`, Participant, signal),
    contacts: (signal) => {
      const query = `session=${escaped(session)}&limit=${pageSize}&sortBy=id&sortOrder=asc`
      return readPages((offset) => list(`/api/contacts/all?${query}&offset=${offset}`, ContactInfo, signal))
    },
    file: (path, bytesMax, signal) => ask('GET', path, { bytesMax, signal, timeoutMs: fileMs }),
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../core.ts'
import { exampleToken } from './opt-out-links.ts'
import { renderPreferencePage, unavailablePreferencePage, unknownTokenPage } from './preference-page.ts'
import type { Notice } from './preference-page.ts'
import type { PreferenceService } from './preference.service.ts'

interface TokenRequest {
  readonly Params: { readonly token: string }
}

const formBytesMax = 2_048

/**
 * `GET /u/:token` shows a person what they get and how to stop, and changes nothing. `POST` takes the plain form and leads
 * back to the page. No log-in; the token is the proof. Nothing between here and the visitor may keep the answer.
 */
export function preferencePages(preferences: PreferenceService): (app: FastifyInstance) => void {
  return (app) => {
    void app.register(async (pages) => {
      pages.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', bodyLimit: formBytesMax },
        (_request, body, done) => done(null, new URLSearchParams(String(body))),
      )
      const options = { schema: { hide: true } }
      pages.get<TokenRequest>('/u/:token', options, (request, reply) =>
        answer(request, reply, () => show(preferences, request, reply)),
      )
      pages.post<TokenRequest>('/u/:token', options, (request, reply) =>
        answer(request, reply, () => change(preferences, request, reply)),
      )
    })
  }
}

async function show(
  preferences: PreferenceService,
  request: FastifyRequest<TokenRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { token } = request.params
  const found = await preferences.read(token)
  if (!found) return page(reply.code(404), unknownTokenPage)
  const { lang, notice } = request.query as Record<string, unknown>
  const language = languageOf(lang) ?? found.language
  const shown = token === exampleToken ? 'example' : noticeOf(notice)
  return page(reply, renderPreferencePage({ ...found, language, notice: shown }))
}

async function change(
  preferences: PreferenceService,
  { body, params: { token } }: FastifyRequest<TokenRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams()
  const language = languageOf(form.get('lang')) ?? 'id'
  const wish = form.get('change')
  const leadBack = (notice: Notice | null): FastifyReply => {
    const query = new URLSearchParams({ lang: language, ...(notice ? { notice } : {}) })
    return reply.redirect(`/u/${encodeURIComponent(token)}?${query.toString()}`, 303)
  }
  if (token === exampleToken) return leadBack(null)
  if (wish === 'come_back' && form.get('agree') !== 'yes') return leadBack('notTicked')
  if (wish !== 'stop' && wish !== 'come_back') return leadBack(null)
  const isKnown = await preferences.change(token, wish, language)
  return isKnown ? leadBack('saved') : page(reply.code(404), unknownTokenPage)
}

/** A visitor gets a page also while the database cannot be reached; the program log gets the reason. */
async function answer(
  request: FastifyRequest<TokenRequest>,
  reply: FastifyReply,
  run: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  void reply
    .header('cache-control', 'no-store')
    // Not `no-referrer`: browsers then hide the origin of the form, and the server could not tell it from a foreign one.
    .header('referrer-policy', 'same-origin')
    .header('x-robots-tag', 'noindex, nofollow')
  try {
    return await run()
  } catch (error) {
    request.log.error({ err: error }, 'a preference page could not be answered')
    return page(reply.code(503).header('retry-after', '5'), unavailablePreferencePage)
  }
}

const languageOf = (value: unknown): Language | null => (value === 'id' || value === 'en' ? value : null)
const noticeOf = (value: unknown): Notice | null =>
  value === 'saved' || value === 'notTicked' ? value : null

const page = (reply: FastifyReply, html: string): FastifyReply =>
  reply.header('content-type', 'text/html; charset=utf-8').send(html)

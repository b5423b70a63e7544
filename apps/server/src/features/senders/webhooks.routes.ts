import type { ChannelKind } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { webhookItemsMax } from './webhook-intake.ts'
import type { Intake, WebhookIntake } from './webhook-intake.ts'
import { channelOfWebhook } from './webhook-url.ts'

interface HookRequest {
  readonly Params: { readonly channel: string; readonly senderId: string }
}

const statusOf: Readonly<Record<Exclude<Intake, 'taken'>, () => AppError>> = {
  unknown: () => new AppError('not_found'),
  unauthentic: () => new AppError('webhook_signature_wrong'),
  malformed: () => new AppError('webhook_malformed'),
  too_large: () => new AppError('webhook_too_large', { itemsMax: webhookItemsMax }),
}

/**
 * `GET /hooks/:channel/:senderId` answers a channel's handshake; `POST` takes what it tells, over the bytes as they came,
 * and answers 200 once everything is on disk. 401 with a wrong signature, 400 for a body that is not the channel's,
 * 413 for one with more items than any channel sends.
 */
export function webhookPages(intake: WebhookIntake): (app: FastifyInstance) => void {
  return (app) => {
    void app.register(async (hooks) => {
      hooks.addHook('onClose', () => intake.close())
      hooks.removeAllContentTypeParsers()
      hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      const options = { schema: { hide: true } }
      hooks.get<HookRequest>('/hooks/:channel/:senderId', options, async (request, reply) => {
        const query = onlyTexts(request.query)
        const challenge = await intake.handshake(channelOf(request), request.params.senderId, query)
        if (challenge === null) throw new AppError('webhook_signature_wrong')
        return reply
          .type('text/plain; charset=utf-8')
          .header('x-content-type-options', 'nosniff')
          .send(challenge)
      })
      hooks.post<HookRequest>('/hooks/:channel/:senderId', options, async (request, reply) => {
        const { body, headers, params } = request
        const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        const intakeOf = await intake.receive(
          channelOf(request),
          params.senderId,
          rawBody,
          onlyTexts(headers),
        )
        if (intakeOf !== 'taken') throw statusOf[intakeOf]()
        return reply.code(200).send()
      })
    })
  }
}

function channelOf({ params }: FastifyRequest<HookRequest>): ChannelKind {
  const channel = channelOfWebhook(params.channel)
  if (channel === null) throw new AppError('not_found')
  return channel
}

/** The first value of each name, texts only. */
function onlyTexts(values: unknown): Record<string, string> {
  const texts = Object.entries(values as Record<string, unknown>).flatMap(([name, value]) => {
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? [[name, first] as const] : []
  })
  return Object.fromEntries(texts)
}

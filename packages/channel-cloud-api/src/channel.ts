import type { Channel, ChannelCapabilities, Schedule } from '@siar/channel'
import { createConnections } from './connections.ts'
import { graphApiUrl } from './graph-api-url.ts'
import { ManagementGate } from './management-gate.ts'
import { realSchedule } from './schedule.ts'
import { CloudApiSession } from './session.ts'
import { parseCloudApiSecrets, parseCloudApiSettings } from './settings.ts'
import { cloudApiWebhook } from './webhook.ts'

export interface CloudApiOptions {
  /** `https://graph.facebook.com` unless told; a stand-in's address in tests. */
  readonly baseUrl?: string
  /** Between two looks at a healthy number; 5 minutes unless told. */
  readonly checkEveryMs?: number
  readonly now?: () => Date
  /** [0, 1). */
  readonly random?: () => number
  readonly schedule?: Schedule
}

/** Requests in flight at once for one number. At 200 ms an answer this carries 1,000 messages a second. */
const concurrencyMax = 400
/** Over all numbers that leave by the same way. */
const connectionsMax = 600

/** Source of the sizes: Meta, supported media types. */
export const cloudApiCapabilities: ChannelCapabilities = {
  text: true,
  media: ['image', 'document', 'video', 'audio'],
  mediaBytesMax: { image: 5_000_000, document: 100_000_000, video: 16_000_000, audio: 16_000_000 },
  buttonsMax: 3,
  linkButton: true,
  listRowsMax: 10,
  templates: 'required_outside_window',
  echoesOurId: true,
  dedupesOurId: false,
  typing: 'answers_only',
  pairing: [],
  sends: 'batched',
  concurrencyMax,
  checksExistence: false,
  groups: false,
  addressBook: false,
  webhooks: true,
}

/** Settings that the product accepted earlier and this channel cannot read. `message` names fields, never values. */
export class CloudApiSettingsInvalid extends Error {
  constructor(fields: readonly string[]) {
    super(`The settings of the Cloud API sender are incomplete: ${fields.join(', ')}`)
    this.name = 'CloudApiSettingsInvalid'
  }
}

/** The channel through Cloud API of Meta. Sessions that leave by the same way share their connections. */
export function createCloudApiChannel(options: CloudApiOptions = {}): Channel {
  const { baseUrl = graphApiUrl, checkEveryMs = 300_000, schedule = realSchedule } = options
  const { now = () => new Date(), random = Math.random } = options
  const connections = createConnections(connectionsMax)
  const gates = new Map<string, ManagementGate>()
  const gateOf = (wabaId: string): ManagementGate => {
    const gate = gates.get(wabaId) ?? new ManagementGate({ now, random })
    gates.set(wabaId, gate)
    return gate
  }
  return {
    kind: 'cloud_api',
    capabilities: cloudApiCapabilities,
    webhook: cloudApiWebhook,
    open: async (request, listener) => {
      const settings = parseCloudApiSettings(request.settings)
      const secrets = parseCloudApiSecrets(request.secrets)
      if (settings.kind === 'invalid' || secrets.kind === 'invalid') {
        const problems = [settings, secrets].flatMap((parsed) =>
          parsed.kind === 'invalid' ? parsed.problems : [],
        )
        throw new CloudApiSettingsInvalid(problems.map(({ field }) => field))
      }
      const tools = {
        lease: connections.lease(request.egress),
        gate: gateOf(settings.value.wabaId),
        baseUrl,
        capabilities: cloudApiCapabilities,
        checkEveryMs,
        now,
        random,
        schedule,
      }
      const session = new CloudApiSession(request, settings.value, secrets.value, listener, tools)
      session.start()
      return session
    },
  }
}

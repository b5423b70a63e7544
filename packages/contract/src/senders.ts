import { z } from 'zod'
import { channelKinds, senderStatuses } from '@siar/domain'
import { connectableChannels } from './channel-access.ts'
import {
  AccessCheck,
  CloudApiSettings,
  LinkedDeviceSettings,
  PairingWish,
  SenderPortfolio,
  SenderSecretChanges,
  SenderSecrets,
  SenderStanding,
  WahaSettings,
  WebBrowserSettings,
} from './channel-settings.ts'
import { defineOperation } from './operation.ts'
import { Halt } from './campaign-plan.ts'
import { idOf, instant, listOf, noContent } from './shapes.ts'

/** Speed and care of one sender. A simulator sender skips all of it unless `paced` is true. */
export const SenderSettings = z
  .object({
    delayMsMin: z.number().int().min(0).max(600_000).default(3000),
    delayMsMax: z.number().int().min(0).max(600_000).default(6000),
    /** Messages; 0 stops sending. */
    hourlyCap: z.number().int().min(0).max(1_000_000).default(200),
    dailyCap: z.number().int().min(0).max(10_000_000).default(1000),
    warmUp: z.boolean().default(true),
    /** Simulator only: obey pacing, caps, warm-up and quiet hours. */
    paced: z.boolean().default(false),
    /** Simulator only: how it behaves. */
    simulator: z
      .object({
        dedupesOurId: z.boolean().default(true),
        /** Which kind of channel it stands for when a route is chosen and a price is looked up. */
        standsFor: z.enum(['linked_device', 'cloud_api']).default('linked_device'),
        latencyMsMin: z.number().int().min(0).max(60_000).default(20),
        latencyMsMax: z.number().int().min(0).max(60_000).default(120),
        /** Clock of the people: 60 means a minute of theirs passes in a second. */
        timeScale: z.number().min(1).max(3600).default(60),
        /** Share of calls, 0–1, that end this way. */
        failures: z
          .object({
            refused: z.number().min(0).max(1),
            notSent: z.number().min(0).max(1),
            unknown: z.number().min(0).max(1),
          })
          .default({ refused: 0, notSent: 0, unknown: 0 }),
      })
      .optional(),
    cloud_api: CloudApiSettings.optional(),
    linked_device: LinkedDeviceSettings.optional(),
    web_browser: WebBrowserSettings.optional(),
    waha: WahaSettings.optional(),
  })
  .refine((s) => s.delayMsMin <= s.delayMsMax, {
    message: 'the shortest delay is longer than the longest',
    path: ['delayMsMin'],
  })
  .meta({ id: 'SenderSettings' })
export type SenderSettings = z.output<typeof SenderSettings>

export const SenderHealth = z
  .object({
    /** 0–100, or null while too little was sent to tell. */
    score: z.number().int().nullable(),
    reasons: z.array(z.string()),
    today: z.object({ used: z.number().int(), allowed: z.number().int().nullable() }),
    hour: z.object({ used: z.number().int(), allowed: z.number().int().nullable() }),
    warmUp: z.object({ active: z.boolean(), day: z.number().int(), cap: z.number().int().nullable() }),
    days: z.array(
      z.object({
        day: z.string(),
        accepted: z.number().int(),
        delivered: z.number().int(),
        read: z.number().int(),
        refused: z.number().int(),
        unknown: z.number().int(),
        replies: z.number().int(),
        optOuts: z.number().int(),
        blocks: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'SenderHealth' })

export const Sender = z
  .object({
    id: z.string(),
    name: z.string(),
    channel: z.enum(channelKinds),
    phone: z.string().nullable(),
    status: z.enum(senderStatuses),
    statusReason: z.string().nullable(),
    /** The guardian lets only replies through; null while all is well. */
    halt: Halt.nullable(),
    statusAt: instant,
    wanted: z.boolean(),
    useForCampaigns: z.boolean(),
    settings: SenderSettings,
    /** Names of the secrets that were entered, such as `accessToken`. */
    secrets: z.array(z.string()),
    /** Where the channel has to send its webhooks; null where it needs none. */
    webhookUrl: z.string().nullable(),
    /** What webhooks told and Siar could not take; see `senders.listPutAside`. */
    putAsideCount: z.number().int(),
    standing: SenderStanding.nullable(),
    /** Official numbers only; null before Meta told which business the number belongs to. */
    portfolio: SenderPortfolio.nullable(),
    /** Until when WhatsApp lets this number only answer; null when it may begin chats. */
    newChatsLockedUntil: instant.nullable(),
    numberSince: z.string().nullable(),
    health: SenderHealth,
    pairedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Sender' })
export type Sender = z.output<typeof Sender>

export const senderParams = z.object({ senderId: idOf('snd') })
const senderName = z.string().trim().min(1).max(80)

export const senderOperations = {
  list: defineOperation({
    id: 'senders.list',
    method: 'GET',
    path: '/api/v1/senders',
    summary: 'Senders with status and health',
    access: 'workspace.read',
    response: listOf(Sender),
  }),
  create: defineOperation({
    id: 'senders.create',
    method: 'POST',
    path: '/api/v1/senders',
    summary: 'Add a sender; it begins pairing or connects at once, after what was entered was tried live',
    access: 'senders.manage',
    body: z.object({
      name: senderName,
      channel: z.enum(connectableChannels),
      settings: SenderSettings.optional(),
      secrets: SenderSecrets.optional(),
      pairing: PairingWish.optional(),
      numberSince: z.iso.date().nullable().default(null),
    }),
    status: 201,
    response: Sender,
  }),
  get: defineOperation({
    id: 'senders.get',
    method: 'GET',
    path: '/api/v1/senders/:senderId',
    summary: 'One sender',
    access: 'workspace.read',
    params: senderParams,
    response: Sender,
  }),
  update: defineOperation({
    id: 'senders.update',
    method: 'PATCH',
    path: '/api/v1/senders/:senderId',
    summary: 'Rename a sender or change its limits',
    access: 'senders.manage',
    params: senderParams,
    body: z.object({
      name: senderName.optional(),
      useForCampaigns: z.boolean().optional(),
      settings: SenderSettings.optional(),
      /** Those that are given replace those kept; the others stay. */
      secrets: SenderSecretChanges.optional(),
      numberSince: z.iso.date().nullable().optional(),
    }),
    response: Sender,
  }),
  remove: defineOperation({
    id: 'senders.remove',
    method: 'DELETE',
    path: '/api/v1/senders/:senderId',
    summary: 'Delete a sender that no running campaign uses',
    access: 'senders.manage',
    params: senderParams,
    status: 204,
    response: noContent,
  }),
  connect: defineOperation({
    id: 'senders.connect',
    method: 'POST',
    path: '/api/v1/senders/:senderId/connect',
    summary: 'Start or restart the connection',
    access: 'senders.manage',
    params: senderParams,
    response: Sender,
  }),
  stop: defineOperation({
    id: 'senders.stop',
    method: 'POST',
    path: '/api/v1/senders/:senderId/stop',
    summary: 'Stop the connection and keep it linked',
    access: 'senders.manage',
    params: senderParams,
    response: Sender,
  }),
  logOut: defineOperation({
    id: 'senders.logOut',
    method: 'POST',
    path: '/api/v1/senders/:senderId/log-out',
    summary: 'Unlink the number from Siar',
    access: 'senders.manage',
    params: senderParams,
    response: Sender,
  }),
  getPairing: defineOperation({
    id: 'senders.getPairing',
    method: 'GET',
    path: '/api/v1/senders/:senderId/pairing',
    summary: 'The QR code to scan or the code to type now, while the sender is pairing',
    access: 'senders.manage',
    params: senderParams,
    response: z.object({
      status: z.enum(senderStatuses),
      qr: z.object({ data: z.string(), expiresAt: instant }).nullable(),
      code: z.object({ data: z.string(), expiresAt: instant }).nullable(),
    }),
  }),
  setPairing: defineOperation({
    id: 'senders.setPairing',
    method: 'POST',
    path: '/api/v1/senders/:senderId/pairing',
    summary: 'Choose between scanning a QR code and typing a code on the phone, and begin again',
    access: 'senders.manage',
    params: senderParams,
    body: PairingWish,
    response: Sender,
  }),
  checkAccess: defineOperation({
    id: 'senders.checkAccess',
    method: 'POST',
    path: '/api/v1/senders/check-access',
    summary: 'Try live what was entered for a channel; nothing is kept',
    access: 'senders.manage',
    body: z.object({
      channel: z.enum(connectableChannels),
      settings: SenderSettings,
      secrets: SenderSecrets,
    }),
    response: z.object({ data: z.array(AccessCheck) }),
  }),
  checkKept: defineOperation({
    id: 'senders.checkKept',
    method: 'POST',
    path: '/api/v1/senders/:senderId/check-access',
    summary: 'Try live again what is kept for a sender; changes nothing',
    access: 'senders.manage',
    params: senderParams,
    response: z.object({ data: z.array(AccessCheck) }),
  }),
  screenshot: defineOperation({
    id: 'senders.screenshot',
    method: 'GET',
    path: '/api/v1/senders/:senderId/screenshot',
    summary: 'What the page of a browser sender shows now (PNG)',
    access: 'senders.manage',
    params: senderParams,
    produces: 'image/png',
    response: z.string(),
  }),
  listGroups: defineOperation({
    id: 'senders.listGroups',
    method: 'GET',
    path: '/api/v1/senders/:senderId/groups',
    summary: 'The WhatsApp groups the number belongs to',
    access: 'contacts.write',
    params: senderParams,
    response: z.object({
      data: z.array(z.object({ id: z.string(), name: z.string(), memberCount: z.number().int() })),
    }),
  }),
  scanPairing: defineOperation({
    id: 'senders.scanPairing',
    method: 'POST',
    path: '/api/v1/senders/:senderId/simulated-scan',
    summary: "Simulator only: the simulator's phone scans the QR code",
    access: 'senders.manage',
    params: senderParams,
    body: z.object({ data: z.string().min(1).max(500) }),
    response: Sender,
  }),
  listEvents: defineOperation({
    id: 'senders.listEvents',
    method: 'GET',
    path: '/api/v1/senders/:senderId/events',
    summary: 'What happened to this sender, newest first',
    access: 'workspace.read',
    params: senderParams,
    response: listOf(z.object({ id: z.string(), kind: z.string(), detail: z.string(), at: instant })),
  }),
} as const

import { z } from 'zod'

/**
 * Events on the bus and on the live stream. They only say that something changed; state is read from the API, so a lost
 * event delays a screen and nothing else.
 */
export const EVENT_TYPES = [
  'campaign.changed',
  'campaign.progress',
  'contacts.changed',
  'egress.changed',
  'import.progress',
  'sender.changed',
  'sender.pairing',
  'template.changed',
  'message.incoming',
  'workspace.changed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

export const LiveEvent = z.object({
  type: z.enum(EVENT_TYPES),
  workspaceId: z.string(),
  id: z.string().optional(),
})
export type LiveEvent = z.output<typeof LiveEvent>

import { campaignOperations, importOperations, senderOperations, templateOperations } from '@siar/contract'
import type { Campaign, SenderSettings } from '@siar/contract'
import { waitUntil } from '@siar/test-kit'
import type { Api } from './api.ts'

/** Slow enough to press a button in between, fast enough to end soon. A message about every 150 ms. */
export const WATCHABLE_PACE = {
  paced: true,
  warmUp: false,
  delayMsMin: 100,
  delayMsMax: 200,
  hourlyCap: 1_000_000,
  dailyCap: 1_000_000,
} as const satisfies Partial<SenderSettings>

/** A simulator sender that is linked and online. @returns its id. */
export async function onlineSender(
  api: Api,
  name: string,
  settings: Partial<SenderSettings> = {},
): Promise<string> {
  const body = { name, channel: 'simulator' as const, settings: { ...settings } }
  const { id: senderId } = await api.call(senderOperations.create, { body })
  const params = { senderId }
  const code = await waitUntil(
    async () => (await api.call(senderOperations.getPairing, { params })).qr?.data,
    {
      timeoutMs: 60_000,
      what: 'the code of a sender',
    },
  )
  await api.call(senderOperations.scanPairing, { params, body: { data: code } })
  await waitUntil(async () => (await api.call(senderOperations.get, { params })).status === 'online', {
    timeoutMs: 60_000,
    what: 'the sender to come online',
  })
  return senderId
}

/** Rows of distinct mobile numbers. @param first Three digits that keep them apart from those of other journeys. */
export function somePeople(first: string, count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `Orang ${index},0813${first}${String(index).padStart(6, '0')}`,
  )
  return `nama,nomor\n${lines.join('\n')}\n`
}

/** A list of people who agreed to marketing. @returns the id of the list. */
export async function consentedList(api: Api, name: string, rows: string): Promise<string> {
  const { id: importId, layout } = await api.call(importOperations.paste, { body: { text: rows } })
  const params = { importId }
  await api.call(importOperations.start, {
    params,
    body: {
      mapping: layout.columns.map(({ guess }) => guess),
      hasHeader: layout.hasHeader,
      consentWording: 'Asked at the counter and said yes',
      newListName: name,
    },
  })
  const ended = await waitUntil(
    async () => {
      const row = await api.call(importOperations.get, { params })
      return row.status === 'running' || row.status === 'uploaded' ? null : row
    },
    { timeoutMs: 30_000, what: 'the import to end' },
  )
  const listId = ended.options?.listIds[0]
  if (ended.status !== 'completed' || listId === undefined) throw new Error(`The import is ${ended.status}`)
  return listId
}

export interface CampaignWish {
  readonly name: string
  readonly listId: string
  readonly senderIds: readonly string[]
}

/** A draft with a short marketing template of its own. @returns the campaign's id. */
export async function draftCampaign(api: Api, { name, listId, senderIds }: CampaignWish): Promise<string> {
  const template = await api.call(templateOperations.create, {
    body: {
      name,
      category: 'promotion',
      texts: { id: '{Halo|Hai} {name=Kak}, ada kabar baik. Balas BERHENTI bila tidak berkenan.' },
    },
  })
  const campaign = await api.call(campaignOperations.create, {
    body: {
      name,
      purpose: 'marketing',
      templateId: template.id,
      audience: { include: [{ kind: 'list', id: listId }], exclude: [] },
      senderIds: [...senderIds],
    },
  })
  return campaign.id
}

/** Asks for the campaign until it is as wished. */
export function campaignWhen(
  api: Api,
  campaignId: string,
  what: string,
  wished: (campaign: Campaign) => boolean,
): Promise<Campaign> {
  const ask = async (): Promise<Campaign | null> => {
    const campaign = await api.call(campaignOperations.get, { params: { campaignId } })
    return wished(campaign) ? campaign : null
  }
  return waitUntil(ask, { timeoutMs: 60_000, everyMs: 50, what })
}

/** Every person of a run is in exactly one of these. */
export function countedOnce({ figures }: Campaign): number {
  const { queued, skipped, sent, failed, unknown, cancelled } = figures
  return queued + skipped + sent + failed + unknown + cancelled
}

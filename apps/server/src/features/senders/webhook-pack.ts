import { createHash } from 'node:crypto'
import type { NewWebhookItem } from './webhook-items.repo.ts'

/** An item as a webhook told it to one sender. */
export interface ToldItem extends Omit<NewWebhookItem, 'itemCount'> {
  /** See `WebhookItem.anyOrder`. */
  readonly anyOrder: boolean
}

const packedMax = 500

/**
 * Puts items of one sender that may be taken in any order into lists of up to 500: a thousand receipts cost a few rows. All others keep
 * their order and a row of their own. Pure.
 */
export function packItems(items: readonly ToldItem[]): NewWebhookItem[] {
  const rows: NewWebhookItem[] = []
  const loose = new Map<string, ToldItem[]>()
  for (const { anyOrder, ...item } of items) {
    if (!anyOrder) {
      rows.push({ ...item, itemCount: null })
      continue
    }
    const told = { anyOrder, ...item }
    const own = loose.get(item.senderId)
    if (own) own.push(told)
    else loose.set(item.senderId, [told])
  }
  for (const own of loose.values()) {
    const once = [...new Map(own.map((item) => [item.key, item])).values()]
    for (let start = 0; start < once.length; start += packedMax) {
      rows.push(packed(once.slice(start, start + packedMax)))
    }
  }
  return rows
}

function packed(items: readonly ToldItem[]): NewWebhookItem {
  const [first] = items as readonly [ToldItem, ...ToldItem[]]
  const { workspaceId, senderId, key, item } = first
  if (items.length === 1) return { workspaceId, senderId, key, item, itemCount: null }
  const hash = createHash('sha256')
  for (const one of items) hash.update(one.key).update('\n')
  const list = items.map((one) => one.item)
  return { workspaceId, senderId, key: `list:${hash.digest('hex')}`, item: list, itemCount: items.length }
}

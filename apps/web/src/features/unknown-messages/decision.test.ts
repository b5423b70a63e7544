import { unknownMessageOperations } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { bodyOf, countOf } from './decision.ts'
import type { Target } from './decision.ts'

const id = (prefix: string, end: string) => `${prefix}_${end.padStart(32, '0')}`
const people: Target = { kind: 'people', ids: [id('rcp', '1'), id('rcp', '2')] }
const campaign: Target = { kind: 'campaign', campaignId: id('cmp', '1'), name: 'Promo', total: 12 }

describe('a decision about uncertain messages', () => {
  test('names single people or a campaign, never both, as the contract asks', () => {
    for (const target of [people, campaign]) {
      const body = bodyOf({ target, decision: 'arrived', key: 'k' })
      expect(unknownMessageOperations.settle.body.safeParse(body).success).toBe(true)
    }
    expect(bodyOf({ target: campaign, decision: 'give_up', key: 'k' })).not.toHaveProperty('recipientIds')
  })

  test('says how many people it concerns', () => {
    expect([countOf(people), countOf(campaign)]).toEqual([2, 12])
  })
})

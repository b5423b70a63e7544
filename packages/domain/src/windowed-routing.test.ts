import { describe, expect, test } from 'vitest'
import { createTierRouter } from './tier-routing.ts'
import type { RouteClass, TierSender } from './tier-routing.ts'

const sender = (senderId: string, tier: TierSender['tier'], needsWindow = false): TierSender => ({
  senderId,
  tier,
  needsWindow,
  weight: 1,
  waiting: 0,
  healthy: true,
  roomToday: null,
})
const policy = { preset: 'official_first', paidMessagesMax: null, paidMicrosMax: null } as const
const stranger: RouteClass = { freeSenderId: null, freeBy: 'open_window', stickySenderId: null, price: 5 }
const route = (senders: readonly TierSender[], people: Partial<RouteClass> = {}, limits = {}) =>
  createTierRouter(senders, { ...policy, ...limits }, 'round_robin', 3)
    .take({ ...stranger, ...people }, 3)
    .map(({ tier, reason, count }) => `${count} ${tier ?? 'nobody'} ${reason}`)

describe('a sender whose text nobody approved', () => {
  const windowed = sender('cloud', 'cloud_api', true)

  test('serves those whose window is open', () => {
    expect(route([windowed], { freeSenderId: 'cloud' })).toEqual(['3 cloud_api open_window'])
  })

  test('leaves strangers out with the reason, where there is no other road', () => {
    expect(route([windowed])).toEqual(['3 nobody window_closed'])
    expect(route([windowed], { stickySenderId: 'cloud' })).toEqual(['3 nobody window_closed'])
  })

  test('leaves strangers, and those it last talked with, to other senders by the policy', () => {
    const senders = [windowed, sender('own', 'own'), sender('approved', 'cloud_api')]
    expect(route(senders)).toEqual(['3 cloud_api paid_template'])
    expect(route(senders, { stickySenderId: 'cloud' })).toEqual(['3 cloud_api paid_template'])
    expect(route([windowed, sender('own', 'own')], { stickySenderId: 'cloud' })).toEqual(['3 own own_sender'])
  })

  test('a limit of cost is named where it is what stands in the way', () => {
    const senders = [windowed, sender('approved', 'cloud_api')]
    expect(route(senders, {}, { paidMessagesMax: 2 })).toEqual([
      '2 cloud_api paid_template',
      '1 nobody budget',
    ])
  })
})

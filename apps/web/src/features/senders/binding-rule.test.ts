import { SenderSettings } from '@siar/contract'
import type { Sender } from '@siar/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindingRule } from './binding-rule.ts'

type Health = Sender['health']

function sender(health: Partial<Health>, dailyCap = 1000) {
  const calm: Health = {
    score: null,
    reasons: [],
    today: { used: 0, allowed: dailyCap },
    hour: { used: 0, allowed: 200 },
    warmUp: { active: false, day: 40, cap: null },
    days: [],
  }
  return { health: { ...calm, ...health }, settings: SenderSettings.parse({ dailyCap }) }
}

const usage = fc.record({
  used: fc.nat(2000),
  allowed: fc.option(fc.nat(2000), { nil: null }),
})

describe('which cap binds a sender', () => {
  test('the hour binds while it leaves less than the day', () => {
    expect(bindingRule(sender({ hour: { used: 190, allowed: 200 } }))).toEqual({ rule: 'hourly', left: 10 })
  })

  test('the day binds once it leaves no more than the hour', () => {
    const today = { used: 900, allowed: 1000 }
    expect(bindingRule(sender({ today, hour: { used: 100, allowed: 200 } }))).toEqual({
      rule: 'daily',
      left: 100,
    })
  })

  test('a young number is bound by its warm-up, unless its own daily cap is lower', () => {
    const warmUp = { active: true, day: 2, cap: 20 }
    const today = { used: 5, allowed: 20 }
    expect(bindingRule(sender({ today, warmUp }))).toEqual({ rule: 'warm_up', left: 15 })
    expect(bindingRule(sender({ today: { used: 5, allowed: 10 }, warmUp }, 10))?.rule).toBe('daily')
  })

  test('nothing binds a simulator that keeps no pace', () => {
    const free = { used: 7, allowed: null }
    expect(bindingRule(sender({ today: free, hour: free }))).toBeNull()
  })

  test('what is left is never negative and never more than either cap leaves', () => {
    fc.assert(
      fc.property(usage, usage, (today, hour) => {
        const found = bindingRule(sender({ today, hour }))
        const lefts = [today, hour].flatMap(({ used, allowed }) =>
          allowed === null ? [] : [Math.max(0, allowed - used)],
        )
        expect(found?.left).toBe(lefts.length === 0 ? undefined : Math.min(...lefts))
      }),
    )
  })
})

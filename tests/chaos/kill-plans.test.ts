import { expect, test } from 'vitest'
import { KillPlans } from './kill-plans.ts'
import type { Kills } from './kill-plans.ts'

function build() {
  const kills: Kills = new Map()
  let drawn = 0
  const random = (): number => (drawn = (drawn + 0.37) % 1)
  return { kills, plans: new KillPlans(kills, random) }
}

test('plans every known point before it plans any a second time', () => {
  const { plans } = build()
  plans.learn({ a: 3, b: 1, c: 200 })
  const turns = [1, 2, 3].map(() => plans.next()?.point)
  expect(turns.toSorted()).toEqual(['a', 'b', 'c'])
})

test('passes over points where others have killed already', () => {
  const { kills, plans } = build()
  plans.learn({ a: 3, b: 1 })
  kills.set('a', 1)
  expect(plans.next()?.point).toBe('b')
})

test('never waits for more crossings than were ever seen, and for none longer than a life', () => {
  const { plans } = build()
  plans.learn({ a: 3, b: 7 })
  for (let turn = 0; turn < 20; turn += 1) {
    const plan = plans.next()
    expect(plan?.nth).toBeLessThanOrEqual(plan?.point === 'a' ? 3 : 7)
    expect(plan?.latest).toBe(6)
  }
})

test('has no plan while it knows no point', () => {
  expect(build().plans.next()).toBeNull()
})
